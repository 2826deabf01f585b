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
	Events      []string // ids, in order
	Lack        Lack     // empty where it is defined
	Reason      string   // empty where it is defined
}

// Figure returns the number, or nil where it is undefined.
func (v Value) Figure() *float64 {
	if !v.Defined {
		return nil
	}
	return &v.Number
}

// share is the part of some things for which something is so. There must be some.
func share(part, of int, events ...string) Value {
	return Value{Defined: true, Number: float64(part) / float64(of), Numerator: part, Denominator: of, Events: events}
}

// whether is a share over the one request of a case.
func whether(yes bool, events ...string) Value {
	if yes {
		return share(1, 1, events...)
	}
	return share(0, 1, events...)
}

// amount is a sum over some things.
func amount(sum, over int, events ...string) Value {
	return Value{Defined: true, Number: float64(sum), Numerator: sum, Denominator: over, Events: events}
}

// none is undefined because the case is not one of those that count.
func none(format string, args ...any) Value {
	return Value{Lack: NoneOnRecord, Reason: fmt.Sprintf(format, args...)}
}

// cannot is undefined because what is seen does not allow an answer.
func cannot(format string, args ...any) Value {
	return Value{Lack: CannotTell, Reason: fmt.Sprintf(format, args...)}
}

// Pool puts one measure's values of many cases together: shares by their parts, amounts by their sum. Cases that do not
// count change nothing; one case that cannot be told makes the whole untold, because leaving it out would choose the
// cases by what may be seen of them.
func Pool(u Unit, values []Value) Value {
	out, counted, untold := Value{Defined: true}, 0, 0
	for _, v := range values {
		switch {
		case v.Defined:
			counted++
			out.Numerator += v.Numerator
			out.Denominator += v.Denominator
			out.Events = append(out.Events, v.Events...)
		case v.Lack == CannotTell:
			untold++
		}
	}
	switch {
	case untold > 0:
		return cannot("%d of %d cases cannot be told", untold, len(values))
	case counted == 0:
		return none("none of %d cases counts", len(values))
	}
	out.Number = float64(out.Numerator)
	if u == Share {
		out.Number /= float64(out.Denominator)
	}
	return out
}
