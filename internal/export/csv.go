package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// csvColumns are those of the CSV file. Lists are parted by spaces, and articles by semicolons.
var csvColumns = []string{
	"log", "index", "leaf", "event", "case", "party", "sequence", "at", "kind", "readers", "sealed", "actor", "articles", "policy", "message",
	"passage", "body",
}

type csvWriter struct{ w *csv.Writer }

func newCSV(w io.Writer) (writer, error) {
	out := csvWriter{csv.NewWriter(w)}
	return out, out.w.Write(csvColumns)
}

func (c csvWriter) write(rows []row, _ []object) error {
	for _, r := range rows {
		err := c.w.Write([]string{
			r.Log, strconv.FormatUint(r.Index, 10), r.Leaf, r.Event, r.Case, r.Party, strconv.Itoa(r.Sequence), r.At.Format(instant), r.Kind,
			strings.Join(r.Readers, " "), strconv.FormatBool(r.Sealed), r.Actor, strings.Join(r.Articles, "; "), r.Policy, r.Message, r.Passage, r.Body,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c csvWriter) close() error {
	c.w.Flush()
	return c.w.Error()
}
