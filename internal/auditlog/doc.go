// Package auditlog writes the tamper-evident log of one State: it seals events to their readers, appends them to a
// Merkle tree in the C2SP tlog-tiles format, and publishes signed checkpoints.
//
// It owns the published directory and the order of what goes into it. It does not decide what is recorded or who may
// read it (the event says so), does not read logs (package verify does, and shares no code with this one), and keeps
// nothing secret but what it derives from Options.Seed.
//
// # The published directory
//
//	log.vkey             the log's name and public key, one line
//	checkpoint           tlog-checkpoint: name, size and root of the tree, signed
//	tile/<L>/<N>[.p/<W>] tlog-tiles: hashes of the tree
//	tile/entries/...     tlog-tiles: the leaves
//	sealed/<N>           the sealed bodies of the leaves in entry bundle N, in their order, each after its length
//	keys/<N>             key notes: the keys first met in bundle N, each wrapped to its readers, signed
//	.state/              private: Tessera's tree state, the writer's lock, files being written. Not published
//
// <N> is written as tlog-tiles has it. Files in sealed and keys grow at their end until the bundle of 256 leaves is
// full: a batch costs one write in each, and a reader opens one of each for 256 leaves. Whoever copies a log leaves
// .state behind; a copy without it is complete for readers, and cannot be appended to.
//
// # Life of a leaf
//
//  1. An event is split into its cover sheet (mla.Cover) and the rest: actor, articles, body, message, passage, policy.
//  2. The key of its (case, readers) is derived from the log's secret; from that key and the event's id, one key for
//     the commitment and one for the cipher.
//  3. commitment = HMAC-SHA256(rest in canonical bytes). The rest is padded with spaces to a multiple of 512 bytes
//     (a length would tell a refusal from a grant) and sealed by XChaCha20-Poly1305, nonce = the first 24 bytes of the
//     commitment, additional data = the cover in canonical bytes.
//  4. The leaf is the canonical form of {v, cover, key, commitment, sealed}. It is a function of seed, origin and
//     event alone: every clock, retry and batch gives the same bytes.
//  5. Keys met for the first time are written as a key note, and the sealed body is written; both are on disk before
//  6. the leaf goes to the tree. The append is acknowledged once the tree holds it on disk; a checkpoint that
//     covers it follows within a quarter of a second.
//
// # Who can read what
//
// A line of a key note wraps a key with age to the recipient of each reader role. Where the readers include
// mla.Public the line carries the key in clear instead, so that anyone who holds the log reads the body. Where there
// are no readers the line wraps the key to nobody: only the holder of the seed could open it.
//
// Covers are public: case, party, sequence, time, kind and readers of every event are seen by whoever holds the log.
// So is the length of a body, in steps of 512 bytes.
//
// # What a reader of the bytes can rely on
//
// Leaves, and through them sealed bodies, are bound by the checkpoint's root; key notes and the checkpoint by
// signatures of the key in log.vkey. A key note names the hash of what is before it in its file, so that the last
// signature there answers for all. A reader who did not get that key by another way learns only that the directory
// agrees with itself. An older directory put back whole looks like an older log: only someone who kept a later
// checkpoint can tell.
package auditlog
