// Package ui holds the look of Tandem: charts as SVG written in Go, and the small components that
// every page is made of. It knows nothing of goals, people or the store: each component takes one
// view struct with plain fields, texts already in the reader's language, days as numbers since
// 1970-01-01, and gives a templ.Component.
//
// Charts:
//
//	GoalChart(GoalChartView)    the main picture: seven marks and up to four switches
//	EarlyChart(EarlyChartView)  the road map of day one, and one or two values
//	Arch(ArchView)              the closing figure
//	Spark(SparkView)            list size: trend, target, uses
//	Week(WeekView)              this week's practice
//	Heat(HeatView)              days practised over weeks
//	Gauge(GaugeView)            the chance beside its words
//	Road(RoadView)              the steps of day one
//	Difference(DifferenceView)  an estimate with its likely range around zero
//	VerdictChip(Verdict)        the word for a difference with its four bars
//	Switches(SwitchesView)      the check boxes under the main picture
//	ChartText(ChartTextView)    "Read this picture as text": words and a table
//
// Frame and parts:
//
//	Shell(ShellView)            every signed-in page; takes children
//	Center(CenterView)          first run, sign-in, errors; takes children
//	Toast(ToastView)            what happened, with Undo
//	Icon(name), SmallIcon(name), Logo(id)
//	KindGlyph(KindView)         disc or arcs before a title, with hidden words
//	Field(FieldView), ErrorSummary(ErrorSummaryView), Chips(ChipsView), Segments(SegmentsView)
//	PlusOne(PlusOneView), SetValue(SetValueView)
//	LevelList(LevelListView), LevelMark(level, of), Slots(SlotsView)
//	Button(ButtonView), PostButton(ButtonForm), Panel(PanelView) with children, Say(SayView), Numbers(NumbersView)
//	EmptyState(EmptyStateView), Pager(PagerView)
//
// Colour is chosen by class from assets/tandem.css; a length that depends on data is an SVG
// attribute. Nothing here writes a style attribute, because the content security policy forbids it.
package ui
