// Package cluster is how our programs reach a Temporal cluster and how they log: the connection's flags over Temporal's
// own configuration (profile file and TEMPORAL_* variables), the search attributes of cases, and zap as the SDK's logger.
//
// It knows nothing of cases.
package cluster
