package devserver

import (
	"errors"
	"fmt"
	"strings"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
	"go.uber.org/zap"
)

// errFatal is wrapped by the error of a start on which Temporal gave up, as it does when a port is taken.
var errFatal = errors.New("temporal gave up")

// logger hands Temporal's log to zap, except that a fatal message unwinds to recoverFatal instead of ending the process.
type logger struct{ log.Logger }

func newLogger(z *zap.Logger) logger {
	if z == nil {
		return logger{log.NewNoopLogger()}
	}
	return logger{log.NewZapLogger(z)}
}

// With implements log.WithLogger: a tagged logger treats fatal messages alike.
func (l logger) With(tags ...tag.Tag) log.Logger { return logger{log.With(l.Logger, tags...)} }

// fatal is the panic value of a fatal message.
type fatal struct {
	message string
	tags    []tag.Tag
}

func (l logger) Fatal(msg string, tags ...tag.Tag) {
	l.Logger.Error(msg, tags...)
	panic(fatal{msg, tags})
}

// recoverFatal, deferred, turns a fatal message into an error that wraps errFatal. Other panics go on.
func recoverFatal(err *error) {
	switch r := recover().(type) {
	case nil:
	case fatal:
		var b strings.Builder
		for _, t := range r.tags {
			fmt.Fprintf(&b, " %s=%v", t.Key(), t.Value())
		}
		*err = fmt.Errorf("%w: %s:%s", errFatal, r.message, b.String())
	default:
		panic(r)
	}
}
