package imported

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"rogatory/internal/mla"
)

// Mapping says how a foreign log is to be read. Columns are those of the CSV's first line, or the keys of XES
// attributes, those of the trace with "case:" before them.
type Mapping struct {
	Case  string    `yaml:"case"` // column
	Time  TimeField `yaml:"time"`
	Party Field     `yaml:"party"` // whose log it is
	Kind  KindField `yaml:"kind"`
	Actor Actor     `yaml:"actor"`
	// Readers are the roles that could read the events where they were kept; default auditor.
	Readers []mla.Role `yaml:"readers"`
	// Attributes give the body of some kinds, by kind and field; a field of a field has a dot: scope.persons.
	Attributes map[mla.Kind]map[string]Field `yaml:"attributes"`
}

// Field is where a value comes from: a column, with words translated, or the same value always.
type Field struct {
	Column string            `yaml:"column"`
	Values map[string]string `yaml:"values"` // what a word in the column means here; others stand as they are
	Value  *string           `yaml:"value"`
}

// UnmarshalYAML reads a field; a word alone is a column.
func (f *Field) UnmarshalYAML(raw []byte) error {
	if yaml.Unmarshal(raw, &f.Column) == nil {
		return nil
	}
	type plain Field
	return yaml.UnmarshalWithOptions(raw, (*plain)(f), yaml.Strict())
}

// of is the field's value in a record.
func (f Field) of(r record) (string, error) {
	if f.Value != nil {
		return *f.Value, nil
	}
	v, ok := r.values[f.Column]
	if !ok {
		return "", fmt.Errorf("line %d: there is no %q", r.line, f.Column)
	}
	if to, ok := f.Values[v]; ok {
		return to, nil
	}
	return v, nil
}

// TimeField is the column of the time, and its form.
type TimeField struct {
	Column string `yaml:"column"`
	Layout string `yaml:"layout"` // as Go writes layouts: 02.01.2006 15:04; default ISO 8601
	Zone   string `yaml:"zone"`   // of times that do not say; default UTC
	zone   *time.Location
}

// UnmarshalYAML reads a time field; a word alone is a column.
func (f *TimeField) UnmarshalYAML(raw []byte) error {
	if yaml.Unmarshal(raw, &f.Column) == nil {
		return nil
	}
	type plain TimeField
	return yaml.UnmarshalWithOptions(raw, (*plain)(f), yaml.Strict())
}

// layouts are the forms of time that need no layout in the mapping.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly}

func (f TimeField) of(r record) (time.Time, error) {
	text, ok := r.values[f.Column]
	if !ok {
		return time.Time{}, fmt.Errorf("line %d: there is no %q", r.line, f.Column)
	}
	forms := layouts
	if f.Layout != "" {
		forms = []string{f.Layout}
	}
	for _, layout := range forms {
		if t, err := time.ParseInLocation(layout, text, f.zone); err == nil {
			t = t.UTC().Truncate(time.Second)
			if t.Year() < 1 || t.Year() > 9999 {
				return t, fmt.Errorf("line %d: %s: year %d", r.line, f.Column, t.Year())
			}
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("line %d: %s: %.60q is no time that the mapping expects; give time.layout", r.line, f.Column, text)
}

// KindField is the column of the activity, and which kind each activity is.
type KindField struct {
	Column string              `yaml:"column"`
	Values map[string]mla.Kind `yaml:"values"`
	Others string              `yaml:"others"` // skip: leave out activities that Values does not name; default: they are an error
}

// Actor is who acted.
type Actor struct {
	Column string              `yaml:"column"` // the resource
	Roles  map[string]mla.Role `yaml:"roles"`  // of each resource
	Role   mla.Role            `yaml:"role"`   // of the others
}

const maxMapping = 1 << 20 // bytes

// ParseMapping reads a mapping file. It names everything that is wrong with it at once.
func ParseMapping(raw []byte) (*Mapping, error) {
	if len(raw) > maxMapping {
		return nil, fmt.Errorf("a mapping has at most %d bytes", maxMapping)
	}
	if !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return nil, errors.New("the mapping is no text: save it as plain UTF-8")
	}
	m := &Mapping{}
	if err := yaml.UnmarshalWithOptions(raw, m, yaml.Strict()); err != nil {
		return nil, errors.New(strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	if len(m.Readers) == 0 {
		m.Readers = []mla.Role{mla.Auditor}
	}
	return m, errors.Join(m.faults()...)
}

func (m *Mapping) faults() []error {
	var out []error
	fault := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	if m.Case == "" || m.Time.Column == "" || m.Kind.Column == "" || m.Party.Column == "" && m.Party.Value == nil {
		fault("it must say where case, time, party and kind come from: give each a column; party may be {value: STATE}")
	}
	if len(m.Kind.Values) == 0 {
		fault("kind.values must say which kind each activity is; the kinds are %s", list(mla.Kinds))
	}
	for _, activity := range slices.Sorted(maps.Keys(m.Kind.Values)) {
		if k := m.Kind.Values[activity]; !slices.Contains(mla.Kinds, k) {
			fault("kind.values: %q is no kind; the kinds are %s", k, list(mla.Kinds))
		}
	}
	if m.Kind.Others != "" && m.Kind.Others != "skip" && m.Kind.Others != "error" {
		fault("kind.others: %q: want skip or error", m.Kind.Others)
	}
	roles := append(slices.Clone(m.Readers), slices.Sorted(maps.Values(m.Actor.Roles))...)
	if m.Actor.Role != "" {
		roles = append(roles, m.Actor.Role)
	}
	for _, r := range roles {
		if !r.Valid() {
			fault("%q is no role; the roles are %s", r, list(mla.Roles))
		}
	}
	slices.Sort(m.Readers)
	m.Readers = slices.Compact(m.Readers)
	var err error
	if m.Time.zone, err = time.LoadLocation(m.Time.Zone); err != nil {
		fault("time.zone: %w", err)
	}
	for _, k := range slices.Sorted(maps.Keys(m.Attributes)) {
		if !slices.Contains(mla.Kinds, k) {
			fault("attributes: %q is no kind; the kinds are %s", k, list(mla.Kinds))
			continue
		}
		out = append(out, m.bodyFaults(k)...)
	}
	return out
}

// bodyFaults checks that a kind's body is given whole: a field that nobody spoke of would look like one that is zero.
func (m *Mapping) bodyFaults(k mla.Kind) []error {
	var out []error
	body, err := mla.DecodeBody(k, []byte("{}"))
	if err != nil {
		return []error{err}
	}
	given := m.Attributes[k]
	for _, path := range slices.Sorted(maps.Keys(given)) {
		if f := given[path]; f.Column == "" && f.Value == nil {
			out = append(out, fmt.Errorf("attributes of %s: %s: give a column or a value", k, path))
		}
		v, err := at(reflect.New(reflect.TypeOf(body)).Elem(), path)
		if err != nil {
			out = append(out, fmt.Errorf("attributes of %s: %w", k, err))
		} else if f := given[path]; composite(v.Type()) && (f.Value == nil || *f.Value != "") {
			out = append(out, fmt.Errorf("attributes of %s: %s is more than a value: name a field of it, or leave it empty with {value: \"\"}", k, path))
		}
	}
	t := reflect.TypeOf(body)
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		there := slices.ContainsFunc(slices.Collect(maps.Keys(given)), func(p string) bool { return p == name || strings.HasPrefix(p, name+".") })
		if !there && options != "omitempty" {
			out = append(out, fmt.Errorf("attributes of %s: say what %s is: a column, or {value: ...}; or leave %[1]s out of attributes, and its events are imported by their covers", k, name))
		}
	}
	return out
}

func list[T ~string](all []T) string {
	out := make([]string, len(all))
	for i, w := range all {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}
