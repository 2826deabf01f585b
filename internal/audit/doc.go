// Package audit asks of logs what an auditor asks: whether what happened kept to duties, to what critics ask for and to
// good practice; whether the two States tell the same story; whether each answer of the law follows from the facts it
// names; how old the secrets are; which cases to look at first.
//
// It reads sightings: covers, and bodies as far as a clearance's keys open them. Every answer is three-valued. What is
// sealed, missing or not seen to the end is never taken for absent: the answer is then cannot tell, and the share of
// such answers is the auditor's gap.
//
// A check is a row of the table in table.go: one of five templates, patterns of events, and a basis. Only a duty can be
// violated; what critics ask for and good practice are met or not met. Duties, their articles and their periods come
// from the policy bundle of the run, never from here, and a duty under an instrument that is not in force is read as if
// it were and says so. Whoever adds a kind of event adds rows; the engine stays as it is.
//
// The package opens no file and has no clock, no network and no chance but what a seed gives. It decides no legal
// question: it says what the log shows and under which provision that matters.
package audit
