package mla_test

import (
	"maps"
	"reflect"
	"testing"

	"rogatory/internal/mla"
)

func TestFactsLaidOverOthersChangeNeither(t *testing.T) {
	age, role := mla.Path("person.age"), mla.Path("person.role")
	old := mla.Facts{age: mla.Int(40), role: mla.Word("trader")}
	for _, c := range []struct {
		says        string
		under, over mla.Facts
		want        mla.Facts
		same        bool // as under, which is then shared
	}{
		{says: "nothing", under: old, want: old, same: true},
		{says: "what is known", under: old, over: mla.Facts{age: mla.Int(40)}, want: old, same: true},
		{says: "another value", under: old, over: mla.Facts{age: mla.Int(41)}, want: mla.Facts{age: mla.Int(41), role: mla.Word("trader")}},
		{says: "another fact", under: mla.Facts{age: mla.Int(40)}, over: mla.Facts{role: mla.Word("trader")}, want: old},
		{says: "something over nothing", over: old, want: old},
		{says: "nothing over nothing", want: mla.Facts{}},
	} {
		under, over := maps.Clone(c.under), maps.Clone(c.over)
		got := c.under.With(c.over)
		if !maps.Equal(got, c.want) || got == nil {
			t.Errorf("%s: %v, want %v", c.says, got, c.want)
		}
		if same := reflect.ValueOf(got).Pointer() == reflect.ValueOf(c.under).Pointer(); same != c.same {
			t.Errorf("%s: the facts below themselves: %v, want %v", c.says, same, c.same)
		}
		if reflect.ValueOf(got).Pointer() == reflect.ValueOf(c.over).Pointer() && c.over != nil {
			t.Errorf("%s: the facts above are shared", c.says)
		}
		if !maps.Equal(under, c.under) || !maps.Equal(over, c.over) {
			t.Errorf("%s: it changed what it was given", c.says)
		}
	}
}
