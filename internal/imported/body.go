package imported

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// body makes the body of a kind from a record.
func (m *Mapping) body(k mla.Kind, r record) (mla.Body, error) {
	zero, err := mla.DecodeBody(k, []byte("{}"))
	if err != nil {
		return nil, err
	}
	v := reflect.New(reflect.TypeOf(zero)).Elem()
	for path, f := range m.Attributes[k] {
		text, err := f.of(r)
		if err != nil {
			return nil, err
		}
		to, err := at(v, path)
		if err != nil {
			return nil, err
		}
		if err := m.set(to, text); err != nil {
			return nil, fmt.Errorf("line %d: %s of %s: %w", r.line, path, k, err)
		}
	}
	return v.Interface().(mla.Body), nil
}

// at finds a field by its path of JSON names.
func at(v reflect.Value, path string) (reflect.Value, error) {
	for name := range strings.SplitSeq(path, ".") {
		if v.Kind() != reflect.Struct || v.Type() == reflect.TypeFor[time.Time]() {
			return v, fmt.Errorf("%s: nothing is below %s", path, v.Type())
		}
		t, found := v.Type(), false
		for i := range t.NumField() {
			if have, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); have == name {
				v, found = v.Field(i), true
				break
			}
		}
		if !found {
			return v, fmt.Errorf("%s: there is no field %s", path, name)
		}
	}
	return v, nil
}

// composite reports whether a field is more than a plain value or a list of words: it cannot be read from a column, only
// left empty.
func composite(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	plain := slices.Contains([]reflect.Kind{reflect.String, reflect.Bool, reflect.Int}, t.Kind()) || t == reflect.TypeFor[time.Time]()
	return !plain && (t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.String)
}

// set reads text as the type of a field. An empty text leaves a list empty and an instant absent.
func (m *Mapping) set(to reflect.Value, text string) error {
	switch {
	case composite(to.Type()): // a mapping with more than an empty text for it was refused
	case to.Type() == reflect.TypeFor[mla.Instant]() && text == "":
	case to.Kind() == reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return m.set(to.Elem(), text)
	case to.Type() == reflect.TypeFor[time.Time]():
		t, err := TimeField{Column: "it", Layout: m.Time.Layout, zone: m.Time.zone}.of(record{values: map[string]string{"it": text}})
		if err != nil {
			return fmt.Errorf("%.60q is no time that the mapping expects", text)
		}
		to.Set(reflect.ValueOf(t))
	case to.Kind() == reflect.String:
		to.SetString(text)
	case to.Kind() == reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("%.60q: want true or false; translate it with values", text)
		}
		to.SetBool(b)
	case to.Kind() == reflect.Int:
		n, err := strconv.ParseInt(text, 10, 53)
		if err != nil {
			return fmt.Errorf("%.60q is no whole number", text)
		}
		to.SetInt(n)
	default: // a list of words
		for word := range strings.SplitSeq(text, ";") {
			if word = strings.TrimSpace(word); word != "" {
				to.Set(reflect.Append(to, reflect.ValueOf(word).Convert(to.Type().Elem())))
			}
		}
	}
	return nil
}
