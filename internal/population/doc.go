// Package population draws requests and what the parties to them do. Every draw is a pure function of seed, replication,
// case and purpose, so a case can be drawn again alone, and meets every instrument and safeguard as the same case. Every
// number it rests on stands in parameters.yaml with its basis; none is a finding.
package population
