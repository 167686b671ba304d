package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tandem/client"
)

const importExample = "tandem import csv values.csv --dry-run"

func (t tool) importFile() *cobra.Command {
	var dry, asJSON bool
	c := &cobra.Command{
		Use: "import FORMAT FILE", Short: "Import goals or values from a CSV file", Example: importExample + "\n  tandem import goals goals.csv",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("FORMAT and FILE are needed; FORMAT is goals or csv. Example: %s", importExample)
			}
			f, err := os.Open(args[1])
			if err != nil {
				return usage("%s cannot be read. Example: %s", args[1], importExample)
			}
			defer f.Close()
			cl, err := t.client()
			if err != nil {
				return err
			}
			r, raw, err := cl.Import(c.Context(), args[0], filepath.Base(args[1]), dry, f)
			if err != nil {
				return err
			}
			return said(c.OutOrStdout(), asJSON, raw, report(r))
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "check only; nothing is written")
	c.Flags().BoolVar(&asJSON, "json", false, "answer as JSON")
	undo := &cobra.Command{
		Use: "undo ID", Short: "Remove exactly what an import brought",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("ID missing. Example: tandem import undo import_0ABCDEFGH1234")
			}
			cl, err := t.client()
			if err != nil {
				return err
			}
			raw, err := cl.UndoImport(c.Context(), args[0])
			if err != nil {
				return err
			}
			return said(c.OutOrStdout(), asJSON, raw, "Undone.")
		},
	}
	undo.Flags().BoolVar(&asJSON, "json", false, "answer as JSON")
	c.AddCommand(undo)
	return c
}

func report(r client.Report) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d rows read: %d new, %d changed, %d there already, %d left out; %d new numbers, %d new goals.", r.Read, r.Added, r.Changed, r.Same, r.Skipped, r.Numbers, r.Goals)
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "\nline %d", p.Line)
		if p.Column != "" {
			fmt.Fprintf(&b, " column %s", p.Column)
		}
		fmt.Fprintf(&b, ": %s", p.Detail)
	}
	if r.DryRun {
		b.WriteString("\nChecked only, nothing was written.")
	} else if r.ID != "" {
		fmt.Fprintf(&b, "\nUndo with: tandem import undo %s", r.ID)
	}
	return b.String()
}

// unpack writes the files of an export into a folder, by their own names alone, and gives the names.
func unpack(ctx context.Context, cl *client.Client, dir string) ([]string, error) {
	var b bytes.Buffer
	if err := cl.Export(ctx, &b); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &refusedError{fmt.Sprintf("%s cannot be made. Choose another folder; nothing was changed.", dir)}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	names := []string{}
	for _, f := range z.File {
		if err := unpackFile(root, f); err != nil {
			return names, err
		}
		names = append(names, filepath.Base(f.Name))
	}
	return names, nil
}

func unpackFile(root *os.Root, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := root.Create(filepath.Base(f.Name))
	if err != nil {
		return err
	}
	if _, err = io.Copy(w, r); err == nil {
		err = w.Sync()
	}
	if bad := w.Close(); err == nil {
		err = bad
	}
	return err
}
