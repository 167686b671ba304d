package reader_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tandem/advise/reader"
)

const longLine = "Maria: get better at discovery questions with a course, 15 min on weekdays, and show it in a demo, so that we raise sales from 9 to 16 a week, ideally 20, by the end of Q2 2027"

func manyNames() reader.LogContext {
	in := logContext()
	for k := range 200 {
		in.Numbers = append(in.Numbers, reader.Named{Name: fmt.Sprintf("Number %c%c of the shop", 'a'+k%26, 'a'+k/26)})
		in.Learning = append(in.Learning, reader.Named{Name: fmt.Sprintf("Skill %c%c in practice", 'a'+k%26, 'a'+k/26)})
	}
	return in
}

// The ratio is against cutting the same line into fields, the least that any reader does.
func BenchmarkRead(b *testing.B) {
	in := reader.Context{Today: today}
	const rounds = 20_000
	start := time.Now()
	for range rounds {
		strings.Fields(longLine)
	}
	raw := float64(time.Since(start).Nanoseconds()) / rounds
	b.ReportAllocs()
	for b.Loop() {
		reader.Read(longLine, in)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/raw, "x-fields")
}

// hundredNumbers are as many numbers as somebody who measures much has.
func hundredNumbers() reader.LogContext {
	in := logContext()
	for k := range 100 {
		in.Numbers = append(in.Numbers, reader.Named{Name: fmt.Sprintf("Number %c%c of the shop", 'a'+k%26, 'a'+k/26)})
	}
	return in
}

func BenchmarkReadLog(b *testing.B) {
	in := hundredNumbers()
	b.ReportAllocs()
	for b.Loop() {
		reader.ReadLog("20m discovery questions yesterday, with the pause", in)
	}
}
