// Package policies is the law: instruments, States and safeguards as data (regimes/, states/, safeguards/, facts.yaml,
// readers.yaml), the law's own tests (cases/), and the pure engine that answers from them. It owns what a rule, a fact, a
// State and a safeguard are, the meaning of unknown, and the terms the procedure reads off the law; it has no clock, no
// network and no chance, and decides nothing: a role does.
//
// Files are read by Load, which reports everything wrong with them at once. Conditions are CEL over declared facts. CEL
// judges each test of facts on every value they can have, once, when the law is loaded; how tests are joined is kept as
// decision diagrams, from which yes, no, unknown and what is missing follow exactly (see diagram).
//
// Where to find things: document, fields and fault read files; fact, rule, regime, parameter, timer, stacking, state,
// institution, safeguard, changes, readers and cases are the data's forms, and expect is what a case may ask of the terms;
// expression, diagram and build compile; law, silence, derived, restrict and assess answer, and verdicts does so fast;
// applicable gives the terms; why gives reasons and ladder what would flip them; explain, portrait, inwords, differences,
// comparison and doubt are what commands show; check looks over a whole bundle.
package policies
