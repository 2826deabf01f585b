// Package experiment runs designs: a population under several settings, the same letters under each, and what the settings
// change, with its uncertainty and its price. A simulation returns what was put in: no figure of it is a finding about any
// State.
package experiment
