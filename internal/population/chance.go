package population

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/bits"
)

// Seed starts all chance of an experiment.
type Seed uint64

// SeedOf makes a seed of any text.
func SeedOf(text string) Seed {
	sum := sha256.Sum256([]byte("rogatory/seed/" + text))
	return Seed(binary.BigEndian.Uint64(sum[:]))
}

// Purpose names what a draw is for. Two purposes of one case share nothing.
type Purpose uint64

// PurposeOf makes a purpose of its name.
func PurposeOf(name string) Purpose {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash never fails
	return Purpose(h.Sum64())
}

// Stream is the chance of one purpose of one case. The zero Stream is not valid; see Draw.
type Stream struct{ state uint64 }

// Draw opens the stream of a purpose of a case. It costs a few nanoseconds and allocates nothing.
func Draw(s Seed, replication, number int, p Purpose) Stream {
	h := fold(uint64(s)^0x9e3779b97f4a7c15, uint64(p)^0xe7037ed1a0b428db)
	h = fold(h^uint64(replication), 0x8ebc6af09c88c6e3)
	return Stream{fold(h^uint64(number), 0x589965cc75374cc3)}
}

// fold mixes two words as wyhash does: the two halves of their product.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo ^ bits.RotateLeft64(a, 32)
}

// Uint64 is the next word (SplitMix64).
func (s *Stream) Uint64() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Uniform draws from the open interval (0, 1).
func (s *Stream) Uniform() float64 { return (float64(s.Uint64()>>12) + 0.5) / (1 << 52) }

// Happens is true with a probability.
func (s *Stream) Happens(p float64) bool { return s.Uniform() < p }

// Normal draws from the standard normal distribution, by inversion: one word a draw.
func (s *Stream) Normal() float64 { return math.Sqrt2 * math.Erfinv(2*s.Uniform()-1) }

// LogNormal draws from a log-normal distribution.
func (s *Stream) LogNormal(median, sigma float64) float64 { return median * math.Exp(sigma*s.Normal()) }

// Pick draws an index by weight. All weights zero give the first.
func (s *Stream) Pick(weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	u := s.Uniform() * total
	for i, w := range weights {
		if u -= w; u < 0 {
			return i
		}
	}
	for i := len(weights) - 1; i > 0; i-- {
		if weights[i] > 0 {
			return i
		}
	}
	return 0
}
