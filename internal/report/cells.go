package report

import (
	"iter"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// cells is how many cells of a terminal a text takes: two for a wide rune, none for a mark that sits on another.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n += runeCells(r)
	}
	return n
}

func runeCells(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	default:
		return 1
	}
}

// plain makes a text safe to print on one line: what comes from a log or a case file must not steer the terminal.
func plain(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp):
			return '\uFFFD'
		}
		return r
	}, s)
}

// words are what a line may be broken between: spaces, but not those that hold a citation together.
func words(s string) iter.Seq[string] {
	return strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' })
}

// wrap breaks a text into lines of at most most cells, at spaces where it can.
func wrap(s string, most int) []string {
	most = max(most, 2) // a wide rune must fit
	var lines []string
	line, used := "", 0
	for word := range words(s) {
		n := cells(word)
		if line != "" && used+1+n <= most {
			line, used = line+" "+word, used+1+n
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for n > most {
			var head string
			head, word = cut(word, most)
			lines, n = append(lines, head), cells(word)
		}
		line, used = word, n
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], nbsp, " ")
	}
	return lines
}

// cut splits a word after at most most cells.
func cut(word string, most int) (head, rest string) {
	n := 0
	for i, r := range word {
		if n += runeCells(r); n > most {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// longest is the width of the longest word.
func longest(s string) int {
	n := 0
	for word := range words(s) {
		n = max(n, cells(word))
	}
	return n
}
