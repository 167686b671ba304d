package impact

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// bitsOf gives an order as bits, pair i at bit i.
func bitsOf(order []bool) (o int) {
	for i, on := range order {
		if on {
			o |= 1 << i
		}
	}
	return o
}

func orderOf(o, pairs int) []bool {
	order := make([]bool, pairs)
	for i := range order {
		order[i] = o>>i&1 == 1
	}
	return order
}

// all gives every order that a plan allows.
func (p *Plan) all() (out []int) {
	for o := range 1 << p.Pairs {
		if p.allowed(orderOf(o, p.Pairs)) {
			out = append(out, o)
		}
	}
	return out
}

func TestWhichOrdersAreLeftOut(t *testing.T) {
	for pairs, want := range map[int]int{4: 16, 5: 32, 6: 52, 7: 84, 8: 198, 9: 326, 10: 764, 13: 5020, 14: 11624} {
		p := Plan{Pairs: pairs, Draw: FewTurns}
		set := p.all()
		if len(set) != want || p.Orders() != want || 2*len(set) < 1<<pairs {
			t.Errorf("%d pairs: %d orders are left, told are %d, want %d", pairs, len(set), p.Orders(), want)
		}
		for _, o := range set {
			if !slices.Contains(set, 1<<pairs-1-o) {
				t.Errorf("%d pairs: %b is allowed and not with on and off swapped", pairs, o)
			}
		}
		for o := range 1 << pairs {
			if p.allowedBits(o) != p.allowed(orderOf(o, pairs)) {
				t.Fatalf("%d pairs: %b as bits and as an order", pairs, o)
			}
		}
		p.Draw = EachPair
		if got := len(p.all()); got != 1<<pairs || p.Orders() != got {
			t.Errorf("%d pairs drawn by themselves: %d orders, told are %d", pairs, got, p.Orders())
		}
	}
	p := Plan{Pairs: 6, Draw: FewTurns}
	for o, want := range map[int]bool{0b000000: true, 0b111111: true, 0b000111: true, 0b011001: true, 0b010111: true, 0b101101: false, 0b110101: false, 0b010101: false} {
		if got := p.allowed(orderOf(o, 6)); got != want {
			t.Errorf("%06b: %v", o, got)
		}
	}
	for _, pairs := range []int{15, 100} {
		if p := (Plan{Pairs: pairs, Draw: FewTurns}); p.Orders() != mostDrawn {
			t.Errorf("%d pairs: %d orders", pairs, p.Orders())
		}
	}
	if _, err := (Plan{Pairs: 6, Draw: FewTurns + 1}).OnFirst(); err == nil {
		t.Error("a draw that there is not is taken")
	}
}

func TestEveryOrderThatIsAllowedIsAsLikely(t *testing.T) {
	for _, p := range []Plan{{Pairs: 6, Draw: FewTurns}, {Pairs: 6}, {Pairs: 5, Draw: FewTurns}} {
		const each = 400
		seen := map[int]int{}
		set := p.all()
		for seed := range uint64(each * len(set)) {
			p.Seed = seed
			order, err := p.OnFirst()
			if err != nil {
				t.Fatal(err)
			}
			seen[bitsOf(order)]++
		}
		chi := 0.0
		for _, o := range set {
			d := float64(seen[o]) - each
			chi += d * d / each
			delete(seen, o)
		}
		if len(seen) > 0 {
			t.Errorf("%+v: drawn though left out: %v", p, seen)
		}
		if dof := float64(len(set) - 1); math.Abs(chi-dof) > 4*math.Sqrt(2*dof) {
			t.Errorf("%+v: chi² %v with %v degrees of freedom", p, chi, dof)
		}
	}
}

// TestThePlansOfBeforeStay compares with the rule as it was published: the top bits of the seed's numbers.
func TestThePlansOfBeforeStay(t *testing.T) {
	for seed := range uint64(200) {
		order, err := Plan{Pairs: 9, Seed: seed}.OnFirst()
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(seed, 0x70696c6f74))
		for i, on := range order {
			if on != (rng.Uint64()>>63 == 1) {
				t.Fatalf("seed %d, pair %d", seed, i)
			}
		}
	}
	// and they have their share of the orders among which they were drawn, a missing pair apart
	p := Plan{Pairs: 6}
	if share, orders := p.orderP([]float64{1, 1, 1, 1, 1, 1}, make([]bool, 6)); share != 2./64 || orders != 64 {
		t.Errorf("%v of %d", share, orders)
	}
	if share, orders := p.orderP([]float64{1, 1, math.NaN(), 1, 1, 1}, make([]bool, 6)); share != 2./32 || orders != 32 {
		t.Errorf("%v of %d", share, orders)
	}
}

// TestTheShareOfOrdersIsHonest deals a number on which nothing makes a difference out to every order that could have
// been drawn. Of those at most a share a may be told with a share of orders of at most a, whatever the number does:
// that is what makes it a test. Where no two orders show the same it is exactly so.
func TestTheShareOfOrdersIsHonest(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for _, c := range []struct {
		plan    Plan
		missing []int
	}{{Plan{Pairs: 6, Draw: FewTurns}, nil}, {Plan{Pairs: 6, Draw: FewTurns}, []int{2}}, {Plan{Pairs: 8, Draw: FewTurns}, nil}, {Plan{Pairs: 8, Draw: FewTurns}, []int{0, 7}}, {Plan{Pairs: 5, Draw: FewTurns}, nil}, {Plan{Pairs: 6}, nil}} {
		for range 5 {
			trend := 3 * rng.NormFloat64()
			first := days(c.plan.Pairs, func(i int) float64 { return rng.NormFloat64() + trend*float64(i) }) // first block less second
			for _, i := range c.missing {
				first[i] = math.NaN()
			}
			set := c.plan.all()
			var shares []float64
			for _, o := range set {
				order := orderOf(o, c.plan.Pairs)
				diffs := slices.Clone(first)
				for i, on := range order {
					if !on {
						diffs[i] = -diffs[i]
					}
				}
				share, orders := c.plan.orderP(diffs, order)
				if want := c.plan.Orders(); len(c.missing) == 0 && orders != want {
					t.Fatalf("%d orders, want %d", orders, want)
				}
				shares = append(shares, share)
			}
			slices.Sort(shares)
			for i, s := range shares {
				if told := float64(i+1) / float64(len(shares)); (i+1 == len(shares) || shares[i+1] > s) && told > s+1e-12 {
					t.Errorf("%+v: %v of the orders are told at %v", c, told, s)
				}
			}
			if least := 2 / float64(len(set)); len(c.missing) == 0 && math.Abs(shares[0]-least) > 1e-12 {
				t.Errorf("%+v: the clearest is %v, want %v", c.plan, shares[0], least)
			}
		}
	}
}

// Above 14 pairs orders are drawn; the share is near that of all of them.
func TestADrawnShareOfOrdersIsNearTheExactOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for seed := range uint64(4) {
		p := Plan{Pairs: 16, Draw: FewTurns, Seed: seed}
		order, err := p.OnFirst()
		if err != nil {
			t.Fatal(err)
		}
		diffs := days(16, func(int) float64 { return .3 + rng.NormFloat64() })
		hits, all, far := 0, 0, math.Abs(sumOf(diffs))
		for o := range 1 << 16 {
			if !p.allowed(orderOf(o, 16)) {
				continue
			}
			all++
			sum := 0.0
			for i, d := range diffs {
				if (o>>i&1 == 1) != order[i] {
					d = -d
				}
				sum += d
			}
			if math.Abs(sum) >= far-1e-9 {
				hits++
			}
		}
		share, orders := p.orderP(diffs, order)
		if exact := float64(hits) / float64(all); orders != mostDrawn || math.Abs(share-exact) > .015 {
			t.Errorf("drawn %v of %d, exact %v", share, orders, exact)
		}
	}
}

func sumOf(values []float64) (sum float64) {
	for _, v := range values {
		sum += v
	}
	return sum
}
