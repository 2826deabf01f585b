package mla

import (
	"fmt"
	"slices"
	"strings"
)

// State names a fictional State of the cast, in lower case as in its file name: "alder".
type State string

// Role is what an actor is in the procedure. The same role exists on both sides of a request.
type Role string

// The roles. A central authority exists in every State (UNCC 40(12), Budapest 27(2)); the requesting authority is the
// prosecutor or court behind the request; the court is whoever authorises a measure by name, judge or not (see
// Authorisation.Independent).
const (
	RequestingAuthority Role = "requesting-authority"
	CentralAuthority    Role = "central-authority"
	ContactPoint        Role = "contact-point"
	Court               Role = "court"
	Provider            Role = "provider"
	Person              Role = "person"
	Auditor             Role = "auditor"
	Public              Role = "public"
)

// Roles lists every role, in the order in which tables show them.
var Roles = []Role{RequestingAuthority, CentralAuthority, ContactPoint, Court, Provider, Person, Auditor, Public}

// Valid reports whether r is one of Roles.
func (r Role) Valid() bool { return slices.Contains(Roles, r) }

// Actor is a role of one State: whoever did, said or knows something.
type Actor struct {
	Role  Role  `json:"role"`
	State State `json:"state"`
}

// String writes an actor as role@state.
func (a Actor) String() string { return string(a.Role) + "@" + string(a.State) }

// ParseActor reads what Actor.String wrote.
func ParseActor(s string) (Actor, error) {
	role, state, ok := strings.Cut(s, "@")
	a := Actor{Role: Role(role), State: State(state)}
	if !ok || state == "" || !a.Role.Valid() {
		return Actor{}, fmt.Errorf("actor %q: want role@state with a role among %v", s, Roles)
	}
	return a, nil
}

// Side is one of the two ends of a request.
type Side string

// The sides. Case files speak of sides, logs of States, so that States can be swapped without touching a case.
const (
	Requesting Side = "requesting"
	Requested  Side = "requested"
)

// Sides lists both sides.
var Sides = []Side{Requesting, Requested}
