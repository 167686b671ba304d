// Command tandem is the whole program: the server, the local administration beside it, the filters and
// the client of the API. This room wires the others together, hands out the clock and knows all of them;
// what a command does is done elsewhere.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // zones are the same on every machine

	"github.com/spf13/cobra"

	"tandem/cli"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs one command line and gives the exit code. An error is one line on stderr.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	now, err := clock()
	if err != nil {
		return told(errs, err)
	}
	root := root(&house{now: now})
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	return told(errs, root.ExecuteContext(ctx))
}

// root gives the tree of all commands.
func root(h *house) *cobra.Command {
	c := &cobra.Command{
		Use:               "tandem",
		Short:             "Goals for people who want results and want to grow",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              noCommand,
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(h.commands()...)
	c.AddCommand(h.dataCommands()...)
	c.AddCommand(cli.Commands(os.Getenv, time.Now)...)
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage("%s", err) })
	return c
}

// commands are those that need the data, the settings or the clock.
func (h *house) commands() []*cobra.Command {
	return []*cobra.Command{h.serve(), h.demo(), h.person(), h.token(), h.config(), h.version()}
}
