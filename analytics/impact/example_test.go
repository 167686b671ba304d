package impact_test

import (
	"fmt"
	"math"

	"tandem/analytics/impact"
)

// Twenty weeks of a daily number, and a course that began on day 100 of them.
func ExampleRun() {
	values := make([]float64, 140)
	for i := range values {
		values[i] = 20 + 2*math.Sin(float64(i*i)) // looks like noise
		if i >= 100 {
			values[i] += 3
		}
		if i%10 == 9 {
			values[i] = math.NaN() // nothing was logged
		}
	}
	a, err := impact.Run(impact.Question{
		First:   20000,
		Values:  values,
		Effects: []impact.Effect{{Shape: impact.Step, Start: 20100}},
		Worth:   1,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := a.Effects[0]
	fmt.Printf("%s: %.0f to %.0f a day, %d values before and %d since\n", d.Word, d.Lo80, d.Hi80, d.Before, d.After)
	// Output: likely: 2 to 3 a day, 90 values before and 36 since
}
