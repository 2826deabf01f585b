package scenario

import (
	"strings"
	"testing"
)

// The parser's time grows with the square of a file's marks, so a file that is small in bytes may still be refused.
func TestContentThatIsNotParsed(t *testing.T) {
	var keys strings.Builder
	for range 60_000 {
		keys.WriteString("k: 1\n")
	}
	for name, content := range map[string]string{
		"many keys":     keys.String(),
		"many quotes":   strings.Repeat(strings.Repeat("'a' ", 400)+"\n", 600),
		"many brackets": strings.Repeat("[", 65),
		"one megabyte":  strings.Repeat("# comment\n", maxBytes/10+1),
	} {
		c, err := Parse("x.yaml", []byte(content), newFixed(t))
		if c != nil || err == nil || !strings.Contains(err.Error(), "(a case is one request") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
