package report

import (
	"encoding/json"
	"io"
)

// JSON writes one object, indented, with a newline at its end. The same value has the same bytes.
func JSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
