// Package report writes results for people and machines: terminal text and JSON. It formats and never computes: every
// figure comes to it worked out.
package report
