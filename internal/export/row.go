package export

import (
	"reflect"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// row is one event, ready for any format.
type row struct {
	Log      string // origin
	Index    uint64
	Leaf     string // hash of the leaf by RFC 6962, base64
	Event    string // id
	Case     string
	Party    string
	Sequence int
	At       time.Time
	Kind     string
	Readers  []string
	Sealed   bool // to others: what follows is empty
	Actor    string
	Articles []string
	Policy   string
	Message  string
	Passage  string
	Body     string // canonical JSON
	Details  []attribute
	Objects  []relation
}

// attribute is a value with its type as OCEL names types.
type attribute struct{ Name, Type, Value string }

// Types of attributes.
const (
	typeText    = "string"
	typeInteger = "integer"
	typeBoolean = "boolean"
	typeTime    = "time"
)

const instant = "2006-01-02T15:04:05Z"

func rowOf(origin string, s verify.Sighting) (row, error) {
	c := s.Cover
	r := row{
		Log: origin, Index: s.Index, Leaf: s.Leaf.String(), Event: mla.EventID(c.Case, c.Party, c.Sequence), Case: c.Case,
		Party: string(c.Party), Sequence: c.Sequence, At: c.At.UTC(), Kind: string(c.Kind), Readers: words(c.Readers), Sealed: s.Event == nil,
	}
	if e := s.Event; e != nil {
		r.Articles, r.Policy, r.Message, r.Passage = e.Articles, e.Policy, e.Message, string(e.Passage)
		if e.Actor != (mla.Actor{}) {
			r.Actor = e.Actor.String()
		}
		body, err := mla.Canonical(e.Body)
		if err != nil {
			return r, err
		}
		r.Body, r.Details = string(body), details(e.Body)
	}
	r.Objects = objects(s)
	return r, nil
}

func words[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, w := range all {
		out[i] = string(w)
	}
	return out
}

// common lists what every event has, as attributes.
func (r row) common() []attribute {
	return []attribute{
		{"log", typeText, r.Log}, {"index", typeInteger, strconv.FormatUint(r.Index, 10)}, {"leaf", typeText, r.Leaf},
		{"party", typeText, r.Party}, {"sequence", typeInteger, strconv.Itoa(r.Sequence)}, {"readers", typeText, strings.Join(r.Readers, " ")},
		{"sealed", typeBoolean, strconv.FormatBool(r.Sealed)}, {"actor", typeText, r.Actor}, {"articles", typeText, strings.Join(r.Articles, "; ")},
		{"policy", typeText, r.Policy}, {"message", typeText, r.Message}, {"passage", typeText, r.Passage},
	}
}

// attributes are all that the event has: what it has in common with others, then its details. Empty ones are left out.
func (r row) attributes() []attribute {
	var out []attribute
	for _, a := range append(r.common(), r.Details...) {
		if a.Value != "" {
			out = append(out, a)
		}
	}
	return out
}

// declared lists the attributes that an event of a kind can have, by name and type.
func declared(k mla.Kind) []attribute {
	body, err := mla.DecodeBody(k, []byte("{}"))
	if err != nil {
		panic(err) // every kind has a body, and {} is one
	}
	out := row{}.common()
	t := reflect.TypeOf(body)
	for i := range t.NumField() {
		if name, kind := scalar(t.Field(i)); kind != "" {
			out = append(out, attribute{name, kind, ""})
		}
	}
	return out
}

// details are the plain values of a body. What a body holds in lists and structures is in its JSON, and as objects.
func details(b mla.Body) []attribute {
	var out []attribute
	v := reflect.ValueOf(b)
	for i := range v.NumField() {
		name, kind := scalar(v.Type().Field(i))
		x := v.Field(i)
		if kind == "" || x.Kind() == reflect.Pointer && x.IsNil() {
			continue
		}
		text := ""
		switch kind {
		case typeText:
			text = x.String()
		case typeInteger:
			text = strconv.FormatInt(x.Int(), 10)
		case typeBoolean:
			text = strconv.FormatBool(x.Bool())
		case typeTime:
			text = reflect.Indirect(x).Interface().(time.Time).UTC().Format(instant)
		}
		out = append(out, attribute{name, kind, text})
	}
	return out
}

// scalar is the name and type of a plain field; the type is empty for any other.
func scalar(f reflect.StructField) (name, kind string) {
	name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		kind = typeTime
	case t.Kind() == reflect.String:
		kind = typeText
	case t.Kind() == reflect.Bool:
		kind = typeBoolean
	case t.Kind() == reflect.Int:
		kind = typeInteger
	}
	return name, kind
}
