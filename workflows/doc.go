// Package workflows holds the procedure of mutual legal assistance: what the requesting State does, what the central
// authority, the court and the provider of the requested State do, and the clocks of their orders.
//
// The procedure is written once, as straight code over a Clerk. Read it top to bottom as you would the treaty: case.go,
// channel.go, requesting_state.go, central_authority.go, then the files those call; direct.go where no State is asked. What
// differs between a Temporal workflow and a simulation is an Office; clerk.go and scheduler.go are the same code on both.
package workflows
