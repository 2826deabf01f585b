package cluster

import (
	"fmt"
	"io"
	"slices"

	sdklog "go.temporal.io/sdk/log"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Levels are what a log can be limited to.
var Levels = []string{"debug", "info", "warn", "error"}

// NewLogger writes a log of the given level as lines of text. The empty level is silence.
func NewLogger(w io.Writer, level string) (*zap.Logger, error) {
	if level == "" {
		return zap.NewNop(), nil
	}
	if !slices.Contains(Levels, level) {
		return nil, fmt.Errorf("unknown log level %q: one of %v", level, Levels)
	}
	l, err := zapcore.ParseLevel(level)
	if err != nil {
		return nil, err
	}
	form := zap.NewProductionEncoderConfig()
	form.EncodeTime = zapcore.RFC3339TimeEncoder
	form.EncodeLevel = zapcore.CapitalLevelEncoder
	return zap.New(zapcore.NewCore(zapcore.NewConsoleEncoder(form), zapcore.Lock(zapcore.AddSync(w)), l)), nil
}

// SDKLogger hands the Temporal SDK's log to zap.
func SDKLogger(l *zap.Logger) sdklog.Logger {
	return sdkLogger{l.WithOptions(zap.AddCallerSkip(1)).Sugar()}
}

type sdkLogger struct{ zap *zap.SugaredLogger }

var (
	_ sdklog.WithLogger      = sdkLogger{}
	_ sdklog.WithSkipCallers = sdkLogger{}
)

func (l sdkLogger) Debug(msg string, keyvals ...any) { l.zap.Debugw(msg, keyvals...) }
func (l sdkLogger) Info(msg string, keyvals ...any)  { l.zap.Infow(msg, keyvals...) }
func (l sdkLogger) Warn(msg string, keyvals ...any)  { l.zap.Warnw(msg, keyvals...) }
func (l sdkLogger) Error(msg string, keyvals ...any) { l.zap.Errorw(msg, keyvals...) }

// With implements log.WithLogger.
func (l sdkLogger) With(keyvals ...any) sdklog.Logger { return sdkLogger{l.zap.With(keyvals...)} }

// WithCallerSkip implements log.WithSkipCallers.
func (l sdkLogger) WithCallerSkip(depth int) sdklog.Logger {
	return sdkLogger{l.zap.WithOptions(zap.AddCallerSkip(depth))}
}
