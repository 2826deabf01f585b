package export

import (
	"bufio"
	"encoding/xml"
	"io"
)

// xesHead opens a log of IEEE 1849: the extensions whose keys are used, what every trace and event has, and by what
// events are told apart.
const xesHead = xml.Header + `<log xes.version="1849-2023" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
    <string key="log" value=""/>
    <int key="index" value="0"/>
    <string key="leaf" value=""/>
  </global>
  <classifier name="kind" scope="event" keys="concept:name"/>
  <classifier name="kind and State" scope="event" keys="concept:name party"/>
`

// xesTags are the elements for types of attributes.
var xesTags = map[string]string{typeText: "string", typeInteger: "int", typeBoolean: "boolean", typeTime: "date"}

// xesWriter makes a trace of each case.
type xesWriter struct{ w *bufio.Writer }

func newXES(w io.Writer) (writer, error) {
	out := xesWriter{bufio.NewWriterSize(w, 64<<10)}
	_, err := out.w.WriteString(xesHead)
	return out, err
}

func (x xesWriter) write(rows []row, _ []object) error {
	x.text("  <trace>\n")
	x.attribute("    ", attribute{"concept:name", typeText, rows[0].Case})
	for _, r := range rows {
		x.text("    <event>\n")
		x.attribute("      ", attribute{"concept:name", typeText, r.Kind})
		x.attribute("      ", attribute{"time:timestamp", typeTime, r.At.Format(instant)})
		x.attribute("      ", attribute{"event", typeText, r.Event})
		x.attribute("      ", attribute{"org:group", typeText, r.Party})
		if r.Actor != "" {
			x.attribute("      ", attribute{"org:resource", typeText, r.Actor})
		}
		for _, a := range r.attributes() {
			x.attribute("      ", a)
		}
		x.text("    </event>\n")
	}
	x.text("  </trace>\n")
	return x.w.Flush()
}

// text writes; the buffer keeps the first error for Flush.
func (x xesWriter) text(s string) { _, _ = x.w.WriteString(s) }

func (x xesWriter) attribute(indent string, a attribute) {
	tag := xesTags[a.Type]
	x.text(indent + "<" + tag + ` key="` + a.Name + `" value="`)
	_ = xml.EscapeText(x.w, []byte(a.Value)) // as in text
	x.text("\"/>\n")
}

func (x xesWriter) close() error {
	x.text("</log>\n")
	return x.w.Flush()
}
