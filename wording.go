package tandem

import "strings"

// An Edit is some words of a wording that was suggested: kept, taken out or put in.
type Edit struct {
	Op   EditOp `json:"op"`
	Text string `json:"text"`
}

// An EditOp says what became of some words.
type EditOp string

const (
	EditKeep EditOp = "keep"
	EditDel  EditOp = "del"
	EditIns  EditOp = "ins"
)

// mostWords bounds the words of a text that are compared one by one; longer ones are shown whole, old and new.
const mostWords = 200

// Edits compares two wordings word by word: the fewest words taken out and put in that lead from one to the
// other, by their longest common subsequence.
func Edits(old, now string) []Edit {
	a, b := strings.Fields(old), strings.Fields(now)
	var out []Edit
	add := func(op EditOp, words ...string) {
		if len(words) == 0 {
			return
		}
		text := strings.Join(words, " ")
		if n := len(out); n > 0 && out[n-1].Op == op {
			out[n-1].Text += " " + text
			return
		}
		out = append(out, Edit{op, text})
	}
	if len(a) > mostWords || len(b) > mostWords {
		add(EditDel, a...)
		add(EditIns, b...)
		return out
	}
	common := make([][]int, len(a)+1) // of a[i:] and b[j:]
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			add(EditKeep, a[i])
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			add(EditDel, a[i])
			i++
		default:
			add(EditIns, b[j])
			j++
		}
	}
	add(EditDel, a[i:]...)
	add(EditIns, b[j:]...)
	return out
}
