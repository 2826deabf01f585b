package export

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"

	"rogatory/internal/mla"
)

// ocelJSON writes OCEL 2.0 as JSON. Events go to the file; objects wait in another until all events are written.
type ocelJSON struct {
	w       *bufio.Writer
	spool   *os.File
	objects *bufio.Writer
	events  int
	things  int
}

type (
	ocelType struct {
		Name       string          `json:"name"`
		Attributes []ocelAttribute `json:"attributes"`
	}
	ocelAttribute struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	ocelValue struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	ocelRelation struct {
		Object    string `json:"objectId"`
		Qualifier string `json:"qualifier"`
	}
	ocelEvent struct {
		ID            string         `json:"id"`
		Type          string         `json:"type"`
		Time          string         `json:"time"`
		Attributes    []ocelValue    `json:"attributes"`
		Relationships []ocelRelation `json:"relationships"`
	}
	ocelObject struct {
		ID            string         `json:"id"`
		Type          string         `json:"type"`
		Attributes    []ocelValue    `json:"attributes"`
		Relationships []ocelRelation `json:"relationships"`
	}
)

func newOCELJSON(w io.Writer) (writer, error) {
	spool, err := os.CreateTemp("", ".rogatory-export-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(spool.Name()); err != nil { // it lives as long as it is open
		return nil, errors.Join(err, spool.Close())
	}
	o := &ocelJSON{w: bufio.NewWriterSize(w, 64<<10), spool: spool, objects: bufio.NewWriterSize(spool, 64<<10)}
	var events, objects []ocelType
	for _, k := range mla.Kinds {
		t := ocelType{Name: string(k), Attributes: []ocelAttribute{}}
		for _, a := range declared(k) {
			t.Attributes = append(t.Attributes, ocelAttribute{a.Name, a.Type})
		}
		events = append(events, t)
	}
	for _, name := range objectTypes {
		objects = append(objects, ocelType{Name: name, Attributes: []ocelAttribute{}})
	}
	o.text("{\"eventTypes\":")
	err = o.value(o.w, events)
	o.text(",\"objectTypes\":")
	err = errors.Join(err, o.value(o.w, objects))
	o.text(",\"events\":[\n")
	return o, err
}

// text writes; the buffer keeps the first error for Flush.
func (o *ocelJSON) text(s string) { _, _ = o.w.WriteString(s) }

func (o *ocelJSON) value(w *bufio.Writer, v any) error {
	raw, err := json.Marshal(v)
	_, _ = w.Write(raw) // as in text
	return err
}

func (o *ocelJSON) write(rows []row, fresh []object) error {
	for _, r := range rows {
		e := ocelEvent{ID: r.Event, Type: r.Kind, Time: r.At.Format(instant)}
		for _, a := range r.attributes() {
			e.Attributes = append(e.Attributes, ocelValue{a.Name, a.Value})
		}
		for _, rel := range r.Objects {
			e.Relationships = append(e.Relationships, ocelRelation{rel.Object.ID, rel.Qualifier})
		}
		if o.events++; o.events > 1 {
			o.text(",\n")
		}
		if err := o.value(o.w, e); err != nil {
			return err
		}
	}
	for _, t := range fresh {
		if o.things++; o.things > 1 {
			_, _ = o.objects.WriteString(",\n") // as in text
		}
		out := ocelObject{ID: t.ID, Type: t.Type, Attributes: []ocelValue{}, Relationships: []ocelRelation{}}
		for _, rel := range ties(t, rows) {
			out.Relationships = append(out.Relationships, ocelRelation{rel.Object.ID, rel.Qualifier})
		}
		if err := o.value(o.objects, out); err != nil {
			return err
		}
	}
	return errors.Join(o.w.Flush(), o.objects.Flush())
}

// ties are the relations of an object to others: a request's to the two States, and to it of what belongs to its case.
func ties(o object, rows []row) []relation {
	if o.shared() {
		return nil
	}
	if o.Type != request {
		return []relation{{object{request + "/" + rows[0].Case, request}, "of"}}
	}
	var out []relation
	met := map[relation]bool{}
	for _, r := range rows {
		for _, rel := range r.Objects {
			if rel.Object.Type == state && (rel.Qualifier == "requesting" || rel.Qualifier == "requested") && !met[rel] {
				met[rel] = true
				out = append(out, rel)
			}
		}
	}
	return out
}

func (o *ocelJSON) close() error {
	o.text("\n],\"objects\":[\n")
	err := o.w.Flush()
	if err == nil {
		_, err = o.spool.Seek(0, io.SeekStart)
	}
	if err == nil {
		_, err = io.Copy(o.w, o.spool)
	}
	o.text("\n]}\n")
	return errors.Join(err, o.w.Flush(), o.spool.Close())
}
