// Package invariant watches the events of one case and says where the software broke one of its own eight promises.
//
//  1. Nothing is produced or transmitted before a recorded decision to grant and every authorisation sought for it; where
//     the channels beside a request are gated, nothing leaves by them before the central authority has agreed, and
//     nothing is produced on an order abroad before the State where the provider is has.
//  2. Granting over a mandatory ground known to hold is on the log as a departure from the law, and nothing else is.
//  3. Every refusal and postponement names ground and article; reasons and consultation where owed, and only there.
//  4. A role acts only on facts it knows at that time.
//  5. Produced is within authorised is within granted is within requested; nothing is produced from a preservation that
//     lapsed.
//  6. A secret with an end ends, by lift or renewal, by that end; what still stands is named when observation ends. Where
//     that is asked for, a renewal rests on facts that are new, and a lift opens to the person what was sealed.
//  7. Each log's sequence has no hole and no double, and its legal time never runs back.
//  8. What one State sends the other receives: once, unchanged, and not before it was sent. A forger's message to a provider
//     was sent by nobody, and the answer to it arrives with nobody: that is what shows it.
//
// A request made again after a refusal is watched as one of its own.
//
// These are promises of the software. What a party does wrong is an act of that party, stands on the log as such, and
// is the business of package measure. The package reads whole events, so it watches a run or a log to which one holds
// every key; it decides nothing, and it knows of the law only what Duties tells it.
package invariant
