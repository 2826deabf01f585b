// Package policies is the law: instruments and States as data (regimes/, states/, facts.yaml, readers.yaml), and the pure
// engine that answers from them. It owns what a rule, a fact and a State are, the meaning of unknown, and the terms the
// procedure reads off the law; it has no clock, no network and no chance, and decides nothing: a role does.
//
// Files are read by Load, which reports everything wrong with them at once. Conditions are CEL over declared facts. CEL
// judges each test of facts on every value they can have, once, when the law is loaded; how tests are joined is kept as
// decision diagrams, from which yes, no, unknown and what is missing follow exactly (see diagram).
//
// Where to find things: document, fields and fault read files; fact, rule, regime, state and readers are the data's
// forms; expression, diagram and build compile; law, derived, restrict and assess answer; applicable gives the terms;
// why gives reasons; check looks over a whole bundle.
package policies
