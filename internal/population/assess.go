package population

import "rogatory/internal/mla"

// Assess lets the law between the two States speak, as policies.Law.Assess does. What it returns is shared among cases:
// nobody may change it.
func (w *World) Assess(c *Case, stage mla.Stage, r mla.Request, known mla.Facts, method mla.Method) mla.Assessment {
	return c.pair.memory.Assess(stage, r, known, method)
}
