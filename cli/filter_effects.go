package cli

import (
	"math"
	"strconv"
	"strings"

	"tandem/analytics/impact"
)

// doseColumns are where the further effects of a series have their doses: the second reads dose2.
var doseColumns = []string{"dose2", "dose3", "dose4", "dose5", "dose6", "dose7", "dose8"}

// further reads the effects that are told apart together with the first: shape:t0:late, with a blank
// between them, such as "step:95:1 dose:40:0".
func (f *impactFilter) further() (out []impact.Effect, err error) {
	for _, one := range strings.Fields(f.meta.text("also")) {
		parts := strings.Split(one, ":")
		bad := len(parts) != 3 || len(out) == len(doseColumns)
		var e impact.Effect
		if !bad {
			shape, known := impactShape(parts[0])
			start, err := strconv.Atoi(parts[1])
			bad = !known || err != nil || start < -maxFilterDays || start > 10*maxFilterDays || parts[2] != "0" && parts[2] != "1"
			e = impact.Effect{Shape: shape, Start: start, Late: parts[2] == "1"}
		}
		if bad {
			return nil, f.meta.fault("also", "is no list of further effects. Accepted: shape:t0:late with a blank between them, at most 7, such as step:95:1 dose:40:0")
		}
		out = append(out, e)
	}
	return out, nil
}

// doses reads the doses of the further effects of one row into their lists.
func (f *impactFilter) doses(all [][]float64, t int) error {
	for i := range all {
		v, err := f.series.number(doseColumns[i], 0)
		if err != nil {
			return err
		}
		for len(all[i]) < t-1 { // a day without a row is a day without a use
			all[i] = append(all[i], 0)
		}
		all[i] = append(all[i], math.Max(v, 0))
	}
	return nil
}
