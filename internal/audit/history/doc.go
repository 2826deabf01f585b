// Package history reads the history of a case's workflow, as Temporal keeps it, and works out from it what ought to be
// on the logs.
//
// Three tellings of one case are set side by side: what the history says was appended; what the procedure appends when
// the history is replayed, taken from its calls and not from the history; and what is on the logs. A plain replay
// compares the order of commands and not their contents, so a forged input of an activity passes it; here the events of
// each Append are taken from the replayed procedure by an interceptor, and compared byte for byte.
//
// Replay trusts what came into the procedure from outside: the input, the answers of persons, the law's answers in the
// markers. Whoever forges those forges the procedure; the law's answers are worked out anew by package audit.
//
// The package opens no file and has no clock and no network. Payloads must be plain JSON; any other encoding is an
// error that names it.
package history
