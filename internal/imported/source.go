package imported

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// record is one event of a foreign log.
type record struct {
	line   int // in its file
	values map[string]string
}

// Bounds on what a hostile file can make an import hold.
const (
	maxColumns = 1000
	maxValue   = 64 << 10  // bytes
	maxRecords = 5_000_000 // events
)

// Sources are the forms that foreign logs are read in.
var Sources = []string{"csv", "xes"}

// read gives visit every record of a file of one of Sources.
func read(form string, in io.Reader, visit func(record) error) error {
	n := 0
	counted := func(r record) error {
		if n++; n > maxRecords {
			return fmt.Errorf("line %d: more than %d events; import it in parts", r.line, maxRecords)
		}
		return visit(r)
	}
	if form == "xes" {
		return readXES(in, counted)
	}
	return readCSV(in, counted)
}

// readCSV reads a table whose first line names the columns (RFC 4180). A byte order mark is passed over.
func readCSV(in io.Reader, visit func(record) error) error {
	r := csv.NewReader(&lineLimit{in: in})
	r.ReuseRecord = true
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("line 1: the file is empty; the first line must name the columns")
	}
	if err != nil {
		return plainCSV(err)
	}
	if len(head) > maxColumns {
		return fmt.Errorf("line 1: more than %d columns", maxColumns)
	}
	columns := make([]string, len(head))
	seen := map[string]bool{}
	for i, name := range head {
		columns[i] = strings.Clone(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		if seen[columns[i]] {
			return fmt.Errorf("line 1: two columns are named %q", columns[i])
		}
		seen[columns[i]] = true
	}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return plainCSV(err)
		}
		line, _ := r.FieldPos(0)
		out := record{line, make(map[string]string, len(columns))}
		for i, v := range fields {
			out.values[columns[i]] = strings.Clone(v)
		}
		if err := visit(out); err != nil {
			return err
		}
	}
}

// plainCSV says "line 7" as all messages do.
func plainCSV(err error) error {
	if p := (*csv.ParseError)(nil); errors.As(err, &p) {
		return fmt.Errorf("line %d: %w", p.Line, p.Err)
	}
	return err
}

// lineLimit refuses a line or a quoted field that no table has: the CSV reader would hold it whole.
type lineLimit struct {
	in  io.Reader
	run int // bytes since the last quotation mark or line feed
}

func (l *lineLimit) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for _, b := range p[:n] {
		if l.run++; b == '\n' || b == '"' {
			l.run = 0
		}
		if l.run > maxValue {
			return 0, fmt.Errorf("more than %d bytes in one field or line", maxValue)
		}
	}
	return n, err
}

// readXES reads a log of IEEE 1849: events in traces. Attributes of a trace have "case:" before their keys; attributes
// of attributes, lists and events outside traces are passed over.
func readXES(in io.Reader, visit func(record) error) error {
	d := xml.NewDecoder(&tokenLimit{in: in})
	fail := func(err error) error {
		line, _ := d.InputPos()
		return fmt.Errorf("line %d: %w", line, err)
	}
	trace, event := map[string]string(nil), (*record)(nil)
	isLog := false
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if !isLog {
				return errors.New("line 1: no XES: there is no <log>")
			}
			if trace != nil {
				return fail(errors.New("it ends within a trace"))
			}
			return nil
		}
		if err != nil {
			return fail(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := t.Name.Local
			switch {
			case name == "log":
				isLog = true
			case !isLog:
				return fail(fmt.Errorf("no XES: <%.40s> stands where <log> should", name))
			case name == "trace":
				if trace != nil {
					return fail(errors.New("a trace within a trace"))
				}
				trace = map[string]string{}
			case name == "event" && trace != nil:
				if event != nil {
					return fail(errors.New("an event within an event"))
				}
				line, _ := d.InputPos()
				event = &record{line, make(map[string]string, len(trace)+8)}
				for k, v := range trace {
					event.values[k] = v
				}
			case trace != nil:
				if err := keepAttribute(t, trace, event); err != nil {
					return fail(err)
				}
				if err := skip(d); err != nil {
					return fail(err)
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "event":
				if event != nil {
					if err := visit(*event); err != nil {
						return err
					}
				}
				event = nil
			case "trace":
				trace = nil
			}
		}
	}
}

// keepAttribute puts an XES attribute where it belongs.
func keepAttribute(t xml.StartElement, trace map[string]string, event *record) error {
	key, value := "", ""
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "key":
			key = a.Value
		case "value":
			value = a.Value
		}
	}
	to := trace
	if event != nil {
		to = event.values
	} else {
		key = "case:" + key
	}
	if to[key] = value; len(to) > maxColumns {
		return fmt.Errorf("more than %d attributes", maxColumns)
	}
	return nil
}

// skip passes over what is within an element, and its end.
func skip(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := d.RawToken()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// tokenLimit refuses markup that no log has: the XML decoder would hold it whole.
type tokenLimit struct {
	in  io.Reader
	run int // bytes since the last angle bracket
}

func (l *tokenLimit) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for _, b := range p[:n] {
		if l.run++; b == '<' || b == '>' {
			l.run = 0
		}
		if l.run > maxValue {
			return 0, fmt.Errorf("more than %d bytes in one tag or text", maxValue)
		}
	}
	return n, err
}
