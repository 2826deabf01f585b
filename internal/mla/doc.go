// Package mla is the vocabulary of mutual legal assistance: States, roles, requests, facts, grounds, decisions, orders,
// evidence and the events that record them.
//
// It owns names and closed sets, the canonical bytes of an event, and nothing that acts: no law (see policies), no
// procedure (see workflows), no files, no clock, no chance. It imports nothing of ours, so that every other package can
// speak the same words.
package mla
