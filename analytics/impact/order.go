package impact

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// A Draw says among which orders of the pairs chance chooses. Each of them is as likely as any other, and with an
// order the one that swaps on and off in every pair is among them. A pilot keeps the draw that it was made with,
// since the share of orders is of those among which it was drawn.
type Draw uint8

const (
	// EachPair draws every pair by itself: all 2^pairs orders.
	EachPair Draw = iota
	// FewTurns leaves out the orders that turn more often than half the number of pairs. A turn is a pair with
	// the other order than the pair before: two blocks with, or two without, then follow each other, and such
	// double blocks are told worst from a slow move of the level. Under six pairs all orders stay, since fewer
	// could not tell anything by the share of orders.
	FewTurns
)

const (
	fewestTurned = 6       // pairs from which orders are left out
	mostListed   = 14      // pairs up to which all orders are gone through
	mostDrawn    = 1 << 14 // above, as many are drawn
)

// mostTurns gives how often an order of the plan may turn.
func (p *Plan) mostTurns() int {
	if p.Draw == FewTurns && p.Pairs >= fewestTurned {
		return p.Pairs / 2
	}
	return p.Pairs
}

// allowed tells whether chance could have drawn an order.
func (p *Plan) allowed(order []bool) bool {
	turns := 0
	for i := 1; i < len(order); i++ {
		if order[i] != order[i-1] {
			turns++
		}
	}
	return turns <= p.mostTurns()
}

// allowedBits does the same for an order as bits, pair i at bit i.
func (p *Plan) allowedBits(order int) bool {
	return bits.OnesCount(uint((order^order>>1)&(1<<(p.Pairs-1)-1))) <= p.mostTurns()
}

// OnFirst tells, for each pair, whether the block that is on comes first: fair coins from the seed, thrown again
// for all pairs until the order is one that Draw allows, which at least every second is.
func (p Plan) OnFirst() ([]bool, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(p.Seed, pilotStream))
	out := make([]bool, p.Pairs)
	p.throw(rng, out)
	return out, nil
}

func (p *Plan) throw(rng *rand.Rand, out []bool) {
	for {
		for i := range out {
			out[i] = rng.Uint64()>>63 == 1
		}
		if p.allowed(out) {
			return
		}
	}
}

// Orders gives among how many orders chance draws, or, above 14 pairs, how many are drawn for the share of orders.
func (p Plan) Orders() int {
	if p.Pairs > mostListed {
		return mostDrawn
	}
	n, ways := 0, 2 // ways to turn k times: 2 × (pairs−1 over k)
	for k := range min(p.mostTurns(), p.Pairs-1) + 1 {
		n += ways
		ways = ways * (p.Pairs - 1 - k) / (k + 1)
	}
	return n
}

// orderP gives the share of the orders that chance could have drawn whose mean difference is at least as far from 0
// as that of the order that was, and how many orders that is of. Diffs are on less off by pair, NaN where a block
// has no value; such a pair adds nothing.
func (p *Plan) orderP(diffs []float64, onFirst []bool) (share float64, orders int) {
	has := make([]float64, 0, len(diffs))
	asFirst := make([]float64, len(diffs)) // the first block less the second
	for i, d := range diffs {
		if math.IsNaN(d) {
			continue
		}
		has = append(has, d)
		if asFirst[i] = d; !onFirst[i] {
			asFirst[i] = -d
		}
	}
	if len(has) == 0 || p.mostTurns() >= p.Pairs-1 {
		return orderP(has, p.Seed)
	}
	far := farAs(has)
	hits := 0
	if p.Pairs <= mostListed {
		for o := range 1 << p.Pairs {
			if !p.allowedBits(o) {
				continue
			}
			orders++
			if apart(asFirst, func(i int) bool { return o>>i&1 == 1 }) >= far {
				hits++
			}
		}
		return float64(hits) / float64(orders), orders
	}
	rng := rand.New(rand.NewPCG(p.Seed, orderStream))
	order := make([]bool, p.Pairs)
	for range mostDrawn {
		p.throw(rng, order)
		if apart(asFirst, func(i int) bool { return order[i] }) >= far {
			hits++
		}
	}
	// the order that was is one of them
	return float64(hits+1) / float64(mostDrawn+1), mostDrawn
}

// apart gives how far the sum of diffs lies from 0 in an order; first tells whether pair i keeps its sign.
func apart(diffs []float64, first func(i int) bool) float64 {
	sum := 0.0
	for i, d := range diffs {
		if !first(i) {
			d = -d
		}
		sum += d
	}
	return math.Abs(sum)
}

// farAs gives how far the sum of diffs lies from 0, but for rounding.
func farAs(diffs []float64) float64 {
	seen, size := 0.0, 0.0
	for _, d := range diffs {
		seen += d
		size += math.Abs(d)
	}
	return math.Abs(seen) - float64(1e-9*size)
}

// orderP gives the share where every pair was drawn by itself, so that a pair without a difference changes nothing.
func orderP(diffs []float64, seed uint64) (p float64, orders int) {
	if len(diffs) == 0 {
		return 1, 0
	}
	far := farAs(diffs)
	hits := 0
	if len(diffs) <= mostListed {
		orders = 1 << len(diffs)
		for o := range orders {
			if apart(diffs, func(i int) bool { return o>>i&1 == 1 }) >= far {
				hits++
			}
		}
		return float64(hits) / float64(orders), orders
	}
	rng := rand.New(rand.NewPCG(seed, orderStream))
	for range mostDrawn {
		bits := uint64(0)
		if apart(diffs, func(i int) bool {
			if bits >>= 1; i%64 == 0 {
				bits = rng.Uint64()
			}
			return bits&1 == 1
		}) >= far {
			hits++
		}
	}
	// the order that was is one of them
	return float64(hits+1) / float64(mostDrawn+1), mostDrawn
}
