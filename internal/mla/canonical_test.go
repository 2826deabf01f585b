package mla_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"

	"rogatory/internal/mla"
)

// fill draws a value for every field below v. Slices and maps are never empty: encoding/json, the oracle's input,
// writes nil as null, and the canonical form does not.
func fill(t *rapid.T, v reflect.Value) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Unix(rapid.Int64Range(0, 250e9).Draw(t, "instant"), 0).UTC()))
		return
	case reflect.TypeFor[mla.Value]():
		v.Set(reflect.ValueOf(rapid.OneOf(
			rapid.Map(rapid.Bool(), mla.Bool),
			rapid.Map(rapid.Int64Range(-1<<53, 1<<53), mla.Int),
			rapid.Map(rapid.String(), mla.Word),
		).Draw(t, "value")))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.String().Draw(t, "text"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64Range(-1<<53, 1<<53).Draw(t, "number"))
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "present") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem())
		}
	case reflect.Slice:
		n := rapid.IntRange(1, 3).Draw(t, "length")
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range rapid.IntRange(1, 6).Draw(t, "entries") {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(t, key)
			fill(t, value)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	default:
		t.Fatalf("fill cannot draw a %s", v.Type())
	}
}

// drawBody draws a body of any kind.
func drawBody(t *rapid.T) mla.Body {
	kind := rapid.SampledFrom(mla.Kinds).Draw(t, "kind")
	empty, err := mla.DecodeBody(kind, []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.New(reflect.TypeOf(empty)).Elem()
	fill(t, v)
	return v.Interface().(mla.Body)
}

func TestCanonicalIsWhatTheRFC8785LibraryMakesOfTheSameValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBody(t)
		got, err := mla.Canonical(b)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		want, err := jcs.Transform(plain)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("%T\n got %s\nwant %s", b, got, want)
		}
	})
}

func TestAnEncoderThatRemembersWritesWhatTheLibraryMakesOfTheSameEvent(t *testing.T) {
	var x mla.Encoder
	rapid.Check(t, func(t *rapid.T) {
		b := drawBody(t)
		e := &mla.Event{Body: b, Kind: b.Kind()}
		for _, f := range []any{&e.Case, &e.Party, &e.Sequence, &e.At, &e.Actor, &e.Articles, &e.Policy, &e.Message, &e.Passage, &e.Readers} {
			fill(t, reflect.ValueOf(f).Elem())
		}
		plain, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		want, err := jcs.Transform(plain)
		if err != nil {
			t.Fatal(err)
		}
		for _, how := range []string{"met", "remembered"} {
			if got, err := x.Append(nil, e); err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%T %s: %v\n got %s\nwant %s", b, how, err, got, want)
			}
		}
	})
}

func TestWhatIsReadBackHasTheSameCanonicalBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBody(t)
		e := mla.Event{Case: "c", Party: "alder", Sequence: 3, At: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "at"), 0), Kind: b.Kind(), Body: b}
		one, err := mla.Canonical(e)
		if err != nil {
			t.Fatal(err)
		}
		var back mla.Event
		if err := json.Unmarshal(one, &back); err != nil {
			t.Fatalf("%s: %v", one, err)
		}
		two, err := mla.Canonical(back)
		if err != nil || !bytes.Equal(one, two) {
			t.Fatalf("%v\nwritten %s\n   read %s", err, one, two)
		}
	})
}

func TestCanonicalRefusesWhatHasNoOneForm(t *testing.T) {
	for name, v := range map[string]any{
		"text that is not UTF-8":     "\xff",
		"a key that is not UTF-8":    map[string]int{"\xff": 1},
		"a number beyond 2^53":       int64(1)<<53 + 1,
		"a number below -2^53":       -(int64(1)<<53 + 1),
		"a fraction of a second":     time.Unix(0, 1),
		"a year of five digits":      time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		"a fraction":                 1.5,
		"a map by number":            map[int]string{1: "a"},
		"a channel":                  make(chan int),
		"bad text deep in a pointer": &struct{ A []string }{[]string{"\xc0"}},
	} {
		if got, err := mla.Canonical(v); err == nil {
			t.Errorf("%s was written as %s", name, got)
		}
	}
}

func TestEmptyAndAbsentListsHaveOneForm(t *testing.T) {
	one, err1 := mla.Canonical(mla.Event{Body: mla.ReviewPerformedBody{}})
	two, err2 := mla.Canonical(mla.Event{Articles: []string{}, Readers: []mla.Role{}, Body: mla.ReviewPerformedBody{Checks: []string{}}})
	if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
		t.Errorf("%s, %v\n%s, %v", one, err1, two, err2)
	}
}

// FuzzCanonical gives any text and number to the encoder, as a key and as a value, and holds it to the library.
func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"", "plain", "\"\\/\b\f\n\r\t\x00\x1f\x7f", "é\u2028\u2029", "\ud7ff\ue000\uffff", "𐀀\U0010ffff", "<>&", "\xff", "\xed\xa0\x80"} {
		f.Add(s, s+"b", int64(len(s)))
	}
	f.Add("ﬁ", "😀", int64(1)<<53)
	f.Fuzz(func(t *testing.T, key, text string, n int64) {
		got, err := mla.Canonical(map[string]mla.Evidence{key: {ID: text, Records: int(n)}, key + "x": {Hash: key}})
		if !utf8.ValidString(key) || !utf8.ValidString(text) || n > 1<<53 || n < -1<<53 {
			if err == nil {
				t.Fatalf("%q, %q, %d was written as %s", key, text, n, got)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		want, err := jcs.Transform(got)
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%v\n got %s\nwant %s", err, got, want)
		}
		var back map[string]mla.Evidence
		if err := json.Unmarshal(got, &back); err != nil || back[key].ID != text || back[key].Records != int(n) {
			t.Fatalf("%s reads as %+v, %v", got, back, err)
		}
	})
}

func BenchmarkCanonical(b *testing.B) {
	e := mla.Event{
		Case: "c-1", Party: "alder", Kind: mla.ReviewPerformed, At: time.Unix(1.9e9, 0), Articles: []string{"uncc 40(15)"},
		Readers: []mla.Role{mla.Auditor, mla.CentralAuthority}, Body: mla.ReviewPerformedBody{Minutes: 5, Checks: []string{"form"}},
	}
	var out []byte
	for b.Loop() {
		var err error
		if out, err = mla.AppendCanonical(out[:0], e); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAFactValueWithoutACanonicalFormIsRefused(t *testing.T) {
	for name, v := range map[string]mla.Value{"not UTF-8": mla.Word("\xff"), "too large": mla.Int(1<<53 + 1), "too small": mla.Int(-1<<53 - 1)} {
		if raw, err := mla.Canonical(mla.Facts{"conduct.deceived": v}); err == nil {
			t.Errorf("%s: written as %s", name, raw)
		}
	}
	if _, err := mla.Canonical(mla.Facts{"conduct.deceived": mla.Int(1 << 53)}); err != nil {
		t.Error(err)
	}
}
