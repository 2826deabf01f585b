// Package measure holds one pure function for each number that the catalogue of oversight gaps asks for.
//
// A measure reads sightings of the events of one case: covers, and bodies as far as the reader's keys open them. The
// same function serves every view; what the author of a case stipulates is handed to the omniscient view alone. The
// difference between the views is the gap.
//
// A measure that lacks what it needs is undefined, with the reason, and never zero. Absence is evidence only on a log
// that is whole, that is numbered from 0 without a hole up to the end of observation; on any other, what is not seen may
// exist. So "there is no such request" and "this view cannot tell" are two different answers.
//
// The formulas are those of a population. One case makes a Contribution; a Fold gathers contributions, in constant
// memory and in any number of parts that Merge puts together, into a Value with the number of cases, an interval and the
// events it rests on. A single case is a population of one. Some figures are quotients of others, and some compare whole
// runs that differ in one thing; both are made of the same ingredients. The package draws no conclusion and knows no law,
// no procedure and no file.
package measure
