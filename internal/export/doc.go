// Package export writes the events of logs for other tools: OCEL 2.0 (JSON and SQLite), XES (IEEE 1849), CSV and
// Parquet. Every event carries the log it is on, the index of its leaf and the leaf's hash, so that a figure computed
// elsewhere leads back to what was signed.
//
// It reads logs through package verify with the keys it is given: what they do not open is exported by its cover alone,
// marked as sealed. It writes nothing until every event is known to be on a signed tree, and then the whole file or
// none. The same logs and keys give the same bytes. Memory is bounded by the largest case and a share of the events;
// the rest waits in temporary files.
package export
