package forecast

// Method names the mathematics behind a Forecast, for "why this number".
const Method = "averaged smoothing 1"

// A BadGoal says that a Goal makes no sense, and which field shows it.
type BadGoal struct{ Field string }

func (e BadGoal) Error() string { return "forecast: " + e.Field + " makes no sense" }

// Run forecasts g. The error is a BadGoal.
func Run(g Goal) (Forecast, error) {
	if g.Deadline < g.Start {
		return Forecast{}, BadGoal{"deadline"}
	}
	return Forecast{Method: Method, Status: TooFew}, nil
}

// Progress gives the share of the way from baseline to target that value has come.
func Progress(baseline, value, target float64, d Direction) float64 {
	return (value - baseline) / (target - baseline)
}

// Reached judges the observed values up to today or the deadline by the goal's rule.
func Reached(g Goal) (value float64, reached bool) { return 0, false }
