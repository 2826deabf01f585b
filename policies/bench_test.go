package policies_test

import (
	"maps"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// BenchmarkAssess is one admissibility assessment of the sedition file, with every fact known and with three unknown.
func BenchmarkAssess(b *testing.B) {
	law := lawOf(b, "cassia", "alder", "uncc")
	req, all := letter("sedition", 7), complete(b, stipulated("g29"))
	three := maps.Clone(all)
	for _, p := range []mla.Path{"conduct.peaceful", "motive.protected_ground", "own_law.bars_measure"} {
		delete(three, p)
	}
	for name, known := range map[string]mla.Facts{"known": all, "three unknown": three, "nothing known": {}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				law.Assess(mla.StageAdmissibility, req, known, mla.ByConduct)
			}
		})
	}
	b.Run("both instruments, known", func(b *testing.B) {
		law := lawOf(b, "cassia", "alder", "uncc", "budapest")
		b.ReportAllocs()
		for b.Loop() {
			law.Assess(mla.StageAdmissibility, req, all, mla.ByConduct)
		}
	})
}

// BenchmarkLoad reads and compiles the law that ships, for every pair.
func BenchmarkLoad(b *testing.B) {
	shipped := shippedBundle(b)
	files := fsOf(shipped.Files())
	for b.Loop() {
		if _, err := policies.Load(files); err != nil {
			b.Fatal(err)
		}
	}
}
