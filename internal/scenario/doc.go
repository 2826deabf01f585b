// Package scenario is the library of cases: who asks whom for what, what really happened, what each party says and
// does, and what a trainee should see in it.
//
// A case file is data. It never decides anything: the procedure plays it, the law answers on its facts, and its
// expectations only say what its author thinks will come out. What the author stipulates stays in this package's
// Stipulated and Truth; nothing that goes into the procedure is made from them.
//
// A script has, for each question, one answer or a list in the order in which it is asked. An answer that names safeguards
// under "with" is given only where all of them are in force, and then in place of the one before it that names none.
//
// The package knows the form of a case, not the law. Which facts, rules, States and instruments exist is asked of a
// Vocabulary.
package scenario
