package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

const (
	templateExample = `tandem template list "more customers"`
	mostPack        = 1 << 20 // bytes of a pack that are read
)

// template lists, brings and shares packs of paired templates, by the API alone.
func (t tool) template() *cobra.Command {
	c := &cobra.Command{
		Use: "template", Short: "Paired templates: list them, bring a pack, share a pack",
		Example: templateExample + "\n  tandem template export my.pack\n  tandem template import my.pack",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("Unknown command %q. It is list, import or export. Example: %s", args[0], templateExample)
			}
			return c.Help()
		},
	}
	c.AddCommand(t.listTemplates(), t.importTemplates(), t.exportTemplates())
	return c
}

func (t tool) listTemplates() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "list [TEXT]", Short: "Templates that fit a text, or all, those taken most first", Example: templateExample,
		RunE: func(c *cobra.Command, args []string) error {
			cl, err := t.client()
			if err != nil {
				return err
			}
			raw, err := cl.Templates(c.Context(), strings.Join(args, " "))
			if err != nil {
				return err
			}
			words, err := templateLines(raw)
			if err != nil {
				return err
			}
			return said(c.OutOrStdout(), asJSON, raw, words)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "answer as JSON")
	return c
}

// templateLines gives a line for each template: its name, whether it was brought, its result and what fuels it.
func templateLines(raw json.RawMessage) (string, error) {
	var v struct {
		Items []struct {
			Name string
			Own  bool
			Pair struct{ Result, Learning struct{ Title string } }
		}
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return "", err
	}
	if len(v.Items) == 0 {
		return "No template fits. tandem template list shows all.", nil
	}
	lines := make([]string, len(v.Items))
	for i, x := range v.Items {
		own := ""
		if x.Own {
			own = " (brought)"
		}
		lines[i] = fmt.Sprintf("%-24s %s + %s%s", x.Name, x.Pair.Result.Title, x.Pair.Learning.Title, own)
	}
	return strings.Join(lines, "\n"), nil
}

func (t tool) importTemplates() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "import FILE", Short: "Bring a pack of templates for the workspace; - reads standard input", Example: "tandem template import my.pack",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("FILE missing. Example: tandem template import my.pack")
			}
			pack, err := readPack(c.InOrStdin(), args[0])
			if err != nil {
				return err
			}
			cl, err := t.client()
			if err != nil {
				return err
			}
			raw, err := cl.ImportTemplates(c.Context(), pack)
			if err != nil {
				return err
			}
			words, err := templateLines(raw)
			if err != nil {
				return err
			}
			return said(c.OutOrStdout(), asJSON, raw, words)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "answer as JSON")
	return c
}

// readPack reads a pack from a file, or with "-" from in.
func readPack(in io.Reader, name string) (string, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", usage("%s cannot be read. Example: tandem template import my.pack", name)
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, mostPack+1))
	if err != nil {
		return "", usage("%s cannot be read: %v. Example: tandem template import my.pack", name, err)
	}
	if len(b) > mostPack {
		return "", usage("%s has more than 1 MiB, which is no pack of templates. Example: tandem template import my.pack", name)
	}
	return string(b), nil
}

func (t tool) exportTemplates() *cobra.Command {
	var names []string
	var asJSON bool
	c := &cobra.Command{
		Use: "export [FILE]", Short: "Write templates as a pack to share: those brought for the workspace, or those named", Example: "tandem template export my.pack --names more-sales,first-5k",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("One FILE at most. Example: tandem template export my.pack")
			}
			cl, err := t.client()
			if err != nil {
				return err
			}
			raw, err := cl.ExportTemplates(c.Context(), names)
			if err != nil {
				return err
			}
			var v struct{ Pack string }
			if err := json.Unmarshal(raw, &v); err != nil {
				return err
			}
			if len(args) == 0 {
				return said(c.OutOrStdout(), asJSON, raw, strings.TrimRight(v.Pack, "\n"))
			}
			f, err := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if os.IsExist(err) {
				return &refusedError{fmt.Sprintf("%s is there already. Choose another name; nothing was changed.", args[0])}
			}
			if err != nil {
				return err
			}
			_, err = f.WriteString(v.Pack)
			if e := f.Close(); err == nil {
				err = e
			}
			if err != nil {
				return err
			}
			return said(c.OutOrStdout(), asJSON, raw, args[0]+" holds the pack.")
		},
	}
	c.Flags().StringSliceVar(&names, "names", nil, "templates to take, by name; none: all that were brought for the workspace")
	c.Flags().BoolVar(&asJSON, "json", false, "answer as JSON")
	return c
}
