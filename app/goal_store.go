package app

// GoalReads is what the use cases of numbers, values and results read.
type GoalReads interface{}

// GoalWrites is what the use cases of numbers, values and results write.
type GoalWrites interface{}
