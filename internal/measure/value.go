package measure

import (
	"fmt"
)

// Lack says why a figure is undefined.
type Lack string

// The lacks: the case is not one of those that count, or what is seen does not allow an answer.
const (
	NoneOnRecord Lack = "none-on-record"
	CannotTell   Lack = "cannot-tell"
)

// Value is a figure and what it rests on, or undefined and why. The zero Value is not valid.
type Value struct {
	Defined bool
	// Number is the figure in the unit of its measure; without meaning where it is undefined.
	Number float64
	// Numerator and Denominator are, for a share, its two parts; else the sum and the number of things it is over, such
	// as days and secrets.
	Numerator   int
	Denominator int
	Cases       int       // that count
	Interval    *Interval // of 95 %; nil: one case, or a figure that has none
	Events      []string  // ids of events it rests on, in order; the first of Rests
	Rests       int       // how many events it rests on
	Lack        Lack      // empty where it is defined
	Reason      string    // empty where it is defined
}

// Interval is a range of the figure, over cases drawn like these.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Figure returns the number, or nil where it is undefined.
func (v Value) Figure() *float64 {
	if !v.Defined {
		return nil
	}
	return &v.Number
}

// none is undefined because the case is not one of those that count.
func none(format string, args ...any) Value {
	return Value{Lack: NoneOnRecord, Reason: fmt.Sprintf(format, args...)}
}

// cannot is undefined because what is seen does not allow an answer.
func cannot(format string, args ...any) Value {
	return Value{Lack: CannotTell, Reason: fmt.Sprintf(format, args...)}
}
