# Tandem in a container: one static binary, nothing else, not as root.
#
#   docker build -t tandem --build-arg VERSION=$(git describe --tags --always) .
#   docker run -p 8080:8080 -v tandem:/data tandem
#
# The first start prints a link with a code: docker logs CONTAINER.
FROM golang:1.26-bookworm AS build
ARG VERSION=dev
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -buildid= -X main.version=${VERSION}" -o /out/tandem ./cmd/tandem \
 && mkdir -m 0700 /out/data

FROM scratch
# For a database or a data source that is reached over TLS.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/tandem /tandem
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV TANDEM_DATA=/data TANDEM_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/tandem"]
CMD ["serve"]
