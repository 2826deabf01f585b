package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"rogatory/internal/report"
)

// styleOf says how to lay text out for a writer: in colour and to its width where it is a terminal, unless NO_COLOR or a
// dumb terminal speaks against colour.
func styleOf(w io.Writer) report.Style {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return report.Style{}
	}
	s := report.Style{Colour: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		s.Width = width
	}
	return s
}

// patience is how long a command may be silent on a terminal.
const patience = 2 * time.Second

// progress shows on a terminal that something takes its time, and returns a function that takes the line away. Elsewhere
// it shows nothing.
func progress(w io.Writer, what string) (done func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	stop := make(chan struct{})
	var over sync.WaitGroup
	over.Go(func() {
		started := time.Now()
		wait := time.NewTimer(patience)
		defer wait.Stop()
		for shown := false; ; {
			select {
			case <-stop:
				if shown {
					_, _ = fmt.Fprint(f, "\r\x1b[K") // only the look of the terminal is at stake
				}
				return
			case <-wait.C:
				shown = true
				_, _ = fmt.Fprintf(f, "\r\x1b[K%s: %d s …", what, int(time.Since(started).Seconds()))
				wait.Reset(time.Second)
			}
		}
	})
	return sync.OnceFunc(func() {
		close(stop)
		over.Wait()
	})
}
