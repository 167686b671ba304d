package store

// A table is one that a dump holds: every column in its order with its kind, how its rows are read in the
// order of their key and how one is written; text in a key is ordered by its bytes. Kinds: i whole number, f number, t text, b truth value; any of
// them may be NULL.
//
// Sessions, one-time links, counters of tries, jobs, request keys and the outbox are left out: after a
// restore everybody signs in again and nothing that was waiting is sent twice.
type table struct {
	name, columns, kinds, read, write string
}

// An addition is a column that came later than its table, at its end: the schema that brought it, and what
// a row has that was dumped before.
type addition struct {
	schema int64
	value  any
}

// additions are those of each table, in their order.
var additions = map[string][]addition{
	"concept":    {{21, int64(0)}},                             // shown
	"evidence":   {{15, ""}, {15, ""}},                         // who, context
	"fuels":      {{3, ""}, {3, nil}, {3, int64(0)}, {3, nil}}, // changed, changed_day, looks, looked_day
	"learning":   {{15, ""}, {22, int64(0)}},                   // about, known
	"lesson":     {{15, false}},                                // dropped
	"metric":     {{5, int64(0)}, {5, int64(0)}, {5, false}},   // numerator, denominator, percent
	"micro_goal": {{21, false}},                                // show_days
	"use_log":    {{15, ""}},                                   // context
	"workspace":  {{18, int64(1)}, {18, ""}},                   // fiscal_month, dates
	"person":     {{14, false}},                                // cheers_off
	"evidence":  {{15, ""}, {15, ""}},                         // who, context
	"fuels":     {{3, ""}, {3, nil}, {3, int64(0)}, {3, nil}}, // changed, changed_day, looks, looked_day
	"learning":  {{15, ""}, {22, int64(0)}},                   // about, known
	"lesson":    {{15, false}},                                // dropped
	"metric":    {{5, int64(0)}, {5, int64(0)}, {5, false}},   // numerator, denominator, percent
	"pilot":     {{19, int64(0)}},                             // draw
	"use_log":   {{15, ""}},                                   // context
	"workspace": {{18, int64(1)}, {18, ""}},                   // fiscal_month, dates
	"person":    {{14, false}},                                // cheers_off
}

// since gives the columns of a table that a backup of an older schema does not have.
func (t table) since(schema int64) []addition {
	all := additions[t.name]
	for i, a := range all {
		if a.schema > schema {
			return all[i:]
		}
	}
	return nil
}

// leftOut are the tables that no dump holds.
var leftOut = []string{"idempotency", "job", "mail", "mail_link", "outbox", "session", "signin_link", "throttle"}

// tables are in the order of their names; a restore writes them in the order of restoreOrder.
var tables = []table{
	{"activity", `workspace_id, goal_id, id, title, type, tag, with_whom, day, done, ends, enjoyment, lesson_id`, "iiittttiiiii",
		`SELECT workspace_id, goal_id, id, title, type, tag, with_whom, day, done, ends, enjoyment, lesson_id FROM activity ORDER BY workspace_id, goal_id, id`,
		`INSERT INTO activity (workspace_id, goal_id, id, title, type, tag, with_whom, day, done, ends, enjoyment, lesson_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`},
	{"advised", `workspace_id, goal_id, rule, kind, lead, chosen, day, quiet`, "iittttit",
		`SELECT workspace_id, goal_id, rule, kind, lead, chosen, day, quiet FROM advised ORDER BY workspace_id, goal_id`,
		`INSERT INTO advised (workspace_id, goal_id, rule, kind, lead, chosen, day, quiet) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`},
	{"cheer", `workspace_id, owner, name, helped, away`, "iittb",
		`SELECT workspace_id, owner, name, helped, away FROM cheer ORDER BY workspace_id, owner, name COLLATE "C"`,
		`INSERT INTO cheer (workspace_id, owner, name, helped, away) VALUES ($1, $2, $3, $4, $5)`},
	{"closing", `workspace_id, goal_id, outcome, value, share, gained, unexpected, next, next_goal, next_technique, release_why, done, done_day, version, withheld, gains`, "iitfftttiitiiibt",
		`SELECT workspace_id, goal_id, outcome, value, share, gained, unexpected, next, next_goal, next_technique, release_why, done, done_day, version, withheld, gains FROM closing ORDER BY workspace_id, goal_id`,
		`INSERT INTO closing (workspace_id, goal_id, outcome, value, share, gained, unexpected, next, next_goal, next_technique, release_why, done, done_day, version, withheld, gains) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`},
	{"concept", `person_id, name, state, times, day, shown`, "ittiii",
		`SELECT person_id, name, state, times, day, shown FROM concept ORDER BY person_id, name COLLATE "C"`,
		`INSERT INTO concept (person_id, name, state, times, day, shown) VALUES ($1, $2, $3, $4, $5, $6)`},
	{"correction", `workspace_id, metric_id, at, reason`, "iiit",
		`SELECT workspace_id, metric_id, at, reason FROM correction ORDER BY workspace_id, metric_id, at`,
		`INSERT INTO correction (workspace_id, metric_id, at, reason) VALUES ($1, $2, $3, $4)`},
	{"evidence", `workspace_id, goal_id, id, level, how, by_person, day, note, who, context`, "iiiitiittt",
		`SELECT workspace_id, goal_id, id, level, how, by_person, day, note, who, context FROM evidence ORDER BY workspace_id, goal_id, id`,
		`INSERT INTO evidence (workspace_id, goal_id, id, level, how, by_person, day, note, who, context) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`},
	{"factor", `workspace_id, goal_id, id, in_hands, text, closing`, "iiibtt",
		`SELECT workspace_id, goal_id, id, in_hands, text, closing FROM factor ORDER BY workspace_id, goal_id, id`,
		`INSERT INTO factor (workspace_id, goal_id, id, in_hands, text, closing) VALUES ($1, $2, $3, $4, $5, $6)`},
	{"feedback", `workspace_id, id, owner, giver, name, email, how, goal_id, title, levels, ask, asked, ends, state, worked, try_next, score, level, given, read_at, learning_id, technique_id, evidence_id`, "iiiitttitttiitttiiiiiii",
		`SELECT workspace_id, id, owner, giver, name, email, how, goal_id, title, levels, ask, asked, ends, state, worked, try_next, score, level, given, read_at, learning_id, technique_id, evidence_id FROM feedback ORDER BY workspace_id, id`,
		`INSERT INTO feedback (workspace_id, id, owner, giver, name, email, how, goal_id, title, levels, ask, asked, ends, state, worked, try_next, score, level, given, read_at, learning_id, technique_id, evidence_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`},
	{"fuels", `workspace_id, learning_id, result_workspace, result_id, lag_days, changed, changed_day, looks, looked_day`, "iiiiitiii",
		`SELECT workspace_id, learning_id, result_workspace, result_id, lag_days, changed, changed_day, looks, looked_day FROM fuels ORDER BY workspace_id, learning_id, result_workspace, result_id`,
		`INSERT INTO fuels (workspace_id, learning_id, result_workspace, result_id, lag_days, changed, changed_day, looks, looked_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`},
	{"goal", `workspace_id, id, kind, owner, title, why, state, visibility, paused_from, external_id, version, created, created_day, updated, batch`, "iitittttitiiiii",
		`SELECT workspace_id, id, kind, owner, title, why, state, visibility, paused_from, external_id, version, created, created_day, updated, batch FROM goal ORDER BY workspace_id, id`,
		`INSERT INTO goal (workspace_id, id, kind, owner, title, why, state, visibility, paused_from, external_id, version, created, created_day, updated, batch) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`},
	{"guard", `workspace_id, goal_id, metric_id, side, bound, every_value, judged, stood`, "iiitfbtf",
		`SELECT workspace_id, goal_id, metric_id, side, bound, every_value, judged, stood FROM guard ORDER BY workspace_id, goal_id, metric_id`,
		`INSERT INTO guard (workspace_id, goal_id, metric_id, side, bound, every_value, judged, stood) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`},
	{"history", `workspace_id, kind, object_id, sub, seq, at, by_person, before, after`, "itiiiiitt",
		`SELECT workspace_id, kind, object_id, sub, seq, at, by_person, before, after FROM history ORDER BY workspace_id, kind COLLATE "C", object_id, sub, seq`,
		`INSERT INTO history (workspace_id, kind, object_id, sub, seq, at, by_person, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`},
	{"import_batch", `workspace_id, id, person_id, format, file, state, source, rows_read, rows_imported, rows_skipped, created`, "iiitttiiiii",
		`SELECT workspace_id, id, person_id, format, file, state, source, rows_read, rows_imported, rows_skipped, created FROM import_batch ORDER BY workspace_id, id`,
		`INSERT INTO import_batch (workspace_id, id, person_id, format, file, state, source, rows_read, rows_imported, rows_skipped, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`},
	{"instance", `id, name, setup_hash, secret, created`, "ittti",
		`SELECT id, name, setup_hash, secret, created FROM instance ORDER BY id`,
		`INSERT INTO instance (id, name, setup_hash, secret, created) VALUES ($1, $2, $3, $4, $5)`},
	{"invite", `workspace_id, id, hash, role, made_by, ends, used_by, used_at`, "iittiiii",
		`SELECT workspace_id, id, hash, role, made_by, ends, used_by, used_at FROM invite ORDER BY workspace_id, id`,
		`INSERT INTO invite (workspace_id, id, hash, role, made_by, ends, used_by, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`},
	{"kept", `workspace_id, owner, goal_id, kind, id, goal_kind, skill, level, text, how, by_person, who, context, day, note, dropped`, "iiitittittittitb",
		`SELECT workspace_id, owner, goal_id, kind, id, goal_kind, skill, level, text, how, by_person, who, context, day, note, dropped FROM kept ORDER BY workspace_id, owner, goal_id, kind COLLATE "C", id`,
		`INSERT INTO kept (workspace_id, owner, goal_id, kind, id, goal_kind, skill, level, text, how, by_person, who, context, day, note, dropped) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`},
	{"learning", `workspace_id, goal_id, skill, aim, review_day, minutes_metric, collection, collection_size, first_step, about, known`, "iitiiititti",
		`SELECT workspace_id, goal_id, skill, aim, review_day, minutes_metric, collection, collection_size, first_step, about, known FROM learning ORDER BY workspace_id, goal_id`,
		`INSERT INTO learning (workspace_id, goal_id, skill, aim, review_day, minutes_metric, collection, collection_size, first_step, about, known) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`},
	{"lesson", `workspace_id, goal_id, id, day, text, origin, dropped`, "iiiittb",
		`SELECT workspace_id, goal_id, id, day, text, origin, dropped FROM lesson ORDER BY workspace_id, goal_id, id`,
		`INSERT INTO lesson (workspace_id, goal_id, id, day, text, origin, dropped) VALUES ($1, $2, $3, $4, $5, $6, $7)`},
	{"level", `workspace_id, goal_id, n, sentence`, "iiit",
		`SELECT workspace_id, goal_id, n, sentence FROM level ORDER BY workspace_id, goal_id, n`,
		`INSERT INTO level (workspace_id, goal_id, n, sentence) VALUES ($1, $2, $3, $4)`},
	{"lifeline", `id, question, made_by, version, created`, "itiii",
		`SELECT id, question, made_by, version, created FROM lifeline ORDER BY id`,
		`INSERT INTO lifeline (id, question, made_by, version, created) VALUES ($1, $2, $3, $4, $5)`},
	{"lifeline_consent", `lifeline_id, person_id, by_person`, "iii",
		`SELECT lifeline_id, person_id, by_person FROM lifeline_consent ORDER BY lifeline_id, person_id, by_person`,
		`INSERT INTO lifeline_consent (lifeline_id, person_id, by_person) VALUES ($1, $2, $3)`},
	{"lifeline_invite", `lifeline_id, id, hash, who, made_by, ends, used_by, used_at`, "iittiiii",
		`SELECT lifeline_id, id, hash, who, made_by, ends, used_by, used_at FROM lifeline_invite ORDER BY lifeline_id, id`,
		`INSERT INTO lifeline_invite (lifeline_id, id, hash, who, made_by, ends, used_by, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`},
	{"lifeline_member", `lifeline_id, person_id, tie, ask, parts, quiet_days, quiet_words, quiet_since, joined, ended`, "iitttitiii",
		`SELECT lifeline_id, person_id, tie, ask, parts, quiet_days, quiet_words, quiet_since, joined, ended FROM lifeline_member ORDER BY lifeline_id, person_id`,
		`INSERT INTO lifeline_member (lifeline_id, person_id, tie, ask, parts, quiet_days, quiet_words, quiet_since, joined, ended) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`},
	{"member", `workspace_id, person_id, role, joined, ended`, "iitii",
		`SELECT workspace_id, person_id, role, joined, ended FROM member ORDER BY workspace_id, person_id`,
		`INSERT INTO member (workspace_id, person_id, role, joined, ended) VALUES ($1, $2, $3, $4, $5)`},
	{"metric", `workspace_id, id, owner, name, name_key, unit, form, direction, day_rule, period, decimals, lo, hi, when_it_happens, zone, external_id, archived, data_version, version, created, batch, numerator, denominator, percent`, "iiitttttttiffbttbiiiiiib",
		`SELECT workspace_id, id, owner, name, name_key, unit, form, direction, day_rule, period, decimals, lo, hi, when_it_happens, zone, external_id, archived, data_version, version, created, batch, numerator, denominator, percent FROM metric ORDER BY workspace_id, id`,
		`INSERT INTO metric (workspace_id, id, owner, name, name_key, unit, form, direction, day_rule, period, decimals, lo, hi, when_it_happens, zone, external_id, archived, data_version, version, created, batch, numerator, denominator, percent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`},
	{"micro_goal", `workspace_id, id, goal_id, owner, metric_id, title, amount, times, at_most, period, rest_days, start_day, archived, version, created, show_days`, "iiiiitffbtiibiib",
		`SELECT workspace_id, id, goal_id, owner, metric_id, title, amount, times, at_most, period, rest_days, start_day, archived, version, created, show_days FROM micro_goal ORDER BY workspace_id, id`,
		`INSERT INTO micro_goal (workspace_id, id, goal_id, owner, metric_id, title, amount, times, at_most, period, rest_days, start_day, archived, version, created, show_days) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`},
	{"milestone", `workspace_id, goal_id, id, title, value, due, done, lesson_id, version`, "iiitfiiii",
		`SELECT workspace_id, goal_id, id, title, value, due, done, lesson_id, version FROM milestone ORDER BY workspace_id, goal_id, id`,
		`INSERT INTO milestone (workspace_id, goal_id, id, title, value, due, done, lesson_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`},
	{"note", `workspace_id, id, lifeline_id, owner, author, kind, state, goal_space, goal_id, level, field, about, text, learned, need, day, at`, "iiiiittiiititttii",
		`SELECT workspace_id, id, lifeline_id, owner, author, kind, state, goal_space, goal_id, level, field, about, text, learned, need, day, at FROM note ORDER BY workspace_id, id`,
		`INSERT INTO note (workspace_id, id, lifeline_id, owner, author, kind, state, goal_space, goal_id, level, field, about, text, learned, need, day, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`},
	{"observation", `workspace_id, metric_id, at, day, value, state, source`, "iiiifii",
		`SELECT workspace_id, metric_id, at, day, value, state, source FROM observation ORDER BY workspace_id, metric_id, at`,
		`INSERT INTO observation (workspace_id, metric_id, at, day, value, state, source) VALUES ($1, $2, $3, $4, $5, $6, $7)`},
	{"observation_external", `workspace_id, metric_id, external_id, at`, "iiti",
		`SELECT workspace_id, metric_id, external_id, at FROM observation_external ORDER BY workspace_id, metric_id, external_id COLLATE "C"`,
		`INSERT INTO observation_external (workspace_id, metric_id, external_id, at) VALUES ($1, $2, $3, $4)`},
	{"observation_note", `workspace_id, metric_id, at, note`, "iiit",
		`SELECT workspace_id, metric_id, at, note FROM observation_note ORDER BY workspace_id, metric_id, at`,
		`INSERT INTO observation_note (workspace_id, metric_id, at, note) VALUES ($1, $2, $3, $4)`},
	{"pause", `workspace_id, object_id, from_day, to_day`, "iiii",
		`SELECT workspace_id, object_id, from_day, to_day FROM pause ORDER BY workspace_id, object_id, from_day`,
		`INSERT INTO pause (workspace_id, object_id, from_day, to_day) VALUES ($1, $2, $3, $4)`},
	{"performance", `workspace_id, goal_id, metric_id, start_day, deadline, baseline, so_far, target, target_lo, target_hi, stretch, reached_when, held_for, kept_share, repeats, judged`, "iiiiifffffftiftt",
		`SELECT workspace_id, goal_id, metric_id, start_day, deadline, baseline, so_far, target, target_lo, target_hi, stretch, reached_when, held_for, kept_share, repeats, judged FROM performance ORDER BY workspace_id, goal_id`,
		`INSERT INTO performance (workspace_id, goal_id, metric_id, start_day, deadline, baseline, so_far, target, target_lo, target_hi, stretch, reached_when, held_for, kept_share, repeats, judged) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`},
	{"period_review", `workspace_id, owner, period, first_day, day, done_day, question, version, created`, "iitiiitii",
		`SELECT workspace_id, owner, period, first_day, day, done_day, question, version, created FROM period_review ORDER BY workspace_id, owner, period COLLATE "C", first_day`,
		`INSERT INTO period_review (workspace_id, owner, period, first_day, day, done_day, question, version, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`},
	{"period_review_item", `workspace_id, owner, period, first_day, goal_id, choice, why, next_goal, seen_day`, "iitiittii",
		`SELECT workspace_id, owner, period, first_day, goal_id, choice, why, next_goal, seen_day FROM period_review_item ORDER BY workspace_id, owner, period COLLATE "C", first_day, goal_id`,
		`INSERT INTO period_review_item (workspace_id, owner, period, first_day, goal_id, choice, why, next_goal, seen_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`},
	{"person", `id, name, email, email_key, password, age_band, lang, zone, day_start, theme, show_all, keys_off, suspended, operator, epoch, personal, version, created, cheers_off`, "itttttttitbbbbiiiib",
		`SELECT id, name, email, email_key, password, age_band, lang, zone, day_start, theme, show_all, keys_off, suspended, operator, epoch, personal, version, created, cheers_off FROM person ORDER BY id`,
		`INSERT INTO person (id, name, email, email_key, password, age_band, lang, zone, day_start, theme, show_all, keys_off, suspended, operator, epoch, personal, version, created, cheers_off) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`},
	{"pilot", `workspace_id, id, technique_id, owner, design, hypothesis, worth, first_day, pairs, days, wash_out, seed, changed, changed_day, stopped_day, verdict, decided_day, words, version, created, draw`, "iiiittfiiiiitiititiii",
		`SELECT workspace_id, id, technique_id, owner, design, hypothesis, worth, first_day, pairs, days, wash_out, seed, changed, changed_day, stopped_day, verdict, decided_day, words, version, created, draw FROM pilot ORDER BY workspace_id, id`,
		`INSERT INTO pilot (workspace_id, id, technique_id, owner, design, hypothesis, worth, first_day, pairs, days, wash_out, seed, changed, changed_day, stopped_day, verdict, decided_day, words, version, created, draw) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`},
	{"pilot_number", `workspace_id, pilot_id, place, metric_id, result_id, start_day`, "iiiiii",
		`SELECT workspace_id, pilot_id, place, metric_id, result_id, start_day FROM pilot_number ORDER BY workspace_id, pilot_id, place`,
		`INSERT INTO pilot_number (workspace_id, pilot_id, place, metric_id, result_id, start_day) VALUES ($1, $2, $3, $4, $5, $6)`},
	{"practice", `workspace_id, goal_id, id, at, day, minutes, reflection, enjoyment, activity`, "iiiiiftit",
		`SELECT workspace_id, goal_id, id, at, day, minutes, reflection, enjoyment, activity FROM practice ORDER BY workspace_id, goal_id, id`,
		`INSERT INTO practice (workspace_id, goal_id, id, at, day, minutes, reflection, enjoyment, activity) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`},
	{"reminder", `person_id, state, weekday, hour, rest_days, week, next_at, sent, unanswered, version, created`, "itiiiiiiiii",
		`SELECT person_id, state, weekday, hour, rest_days, week, next_at, sent, unanswered, version, created FROM reminder ORDER BY person_id`,
		`INSERT INTO reminder (person_id, state, weekday, hour, rest_days, week, next_at, sent, unanswered, version, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`},
	{"review", `workspace_id, owner, week, since, day, done_day, lesson, lesson_goal, lesson_id, version, created`, "iiiiiitiiii",
		`SELECT workspace_id, owner, week, since, day, done_day, lesson, lesson_goal, lesson_id, version, created FROM review ORDER BY workspace_id, owner, week`,
		`INSERT INTO review (workspace_id, owner, week, since, day, done_day, lesson, lesson_goal, lesson_id, version, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`},
	{"review_item", `workspace_id, owner, week, object, kind, choice, chance, seen_day, why, step, set_off`, "iiiittfittt",
		`SELECT workspace_id, owner, week, object, kind, choice, chance, seen_day, why, step, set_off FROM review_item ORDER BY workspace_id, owner, week, object`,
		`INSERT INTO review_item (workspace_id, owner, week, object, kind, choice, chance, seen_day, why, step, set_off) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`},
	{"share", `workspace_id, goal_id, lifeline_id`, "iii",
		`SELECT workspace_id, goal_id, lifeline_id FROM share ORDER BY workspace_id, goal_id, lifeline_id`,
		`INSERT INTO share (workspace_id, goal_id, lifeline_id) VALUES ($1, $2, $3)`},
	{"slot", `workspace_id, goal_id, id, n, name, used_day, rating`, "iiiitii",
		`SELECT workspace_id, goal_id, id, n, name, used_day, rating FROM slot ORDER BY workspace_id, goal_id, id`,
		`INSERT INTO slot (workspace_id, goal_id, id, n, name, used_day, rating) VALUES ($1, $2, $3, $4, $5, $6, $7)`},
	{"snapshot", `workspace_id, goal_id, data_version, goal_version, day, made, body`, "iiiiiit",
		`SELECT workspace_id, goal_id, data_version, goal_version, day, made, body FROM snapshot ORDER BY workspace_id, goal_id`,
		`INSERT INTO snapshot (workspace_id, goal_id, data_version, goal_version, day, made, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`},
	{"source", `workspace_id, id, kind, ref`, "iiti",
		`SELECT workspace_id, id, kind, ref FROM source ORDER BY workspace_id, id`,
		`INSERT INTO source (workspace_id, id, kind, ref) VALUES ($1, $2, $3, $4)`},
	{"technique", `workspace_id, id, owner, name, state, goal_id, lesson_id, since, verdict, version, created`, "iiittiiitii",
		`SELECT workspace_id, id, owner, name, state, goal_id, lesson_id, since, verdict, version, created FROM technique ORDER BY workspace_id, id`,
		`INSERT INTO technique (workspace_id, id, owner, name, state, goal_id, lesson_id, since, verdict, version, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`},
	{"template", `workspace_id, name, lang, owner, text, created`, "ittiti",
		`SELECT workspace_id, name, lang, owner, text, created FROM template ORDER BY workspace_id, name COLLATE "C", lang COLLATE "C"`,
		`INSERT INTO template (workspace_id, name, lang, owner, text, created) VALUES ($1, $2, $3, $4, $5, $6)`},
	{"template_taken", `workspace_id, goal_id, name`, "iit",
		`SELECT workspace_id, goal_id, name FROM template_taken ORDER BY workspace_id, goal_id`,
		`INSERT INTO template_taken (workspace_id, goal_id, name) VALUES ($1, $2, $3)`},
	{"token", `id, person_id, name, prefix, hash, scopes, only_workspace, epoch, created, ends, last_used, revoked`, "iittttiiiiii",
		`SELECT id, person_id, name, prefix, hash, scopes, only_workspace, epoch, created, ends, last_used, revoked FROM token ORDER BY id`,
		`INSERT INTO token (id, person_id, name, prefix, hash, scopes, only_workspace, epoch, created, ends, last_used, revoked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`},
	{"trial", `workspace_id, technique_id, began, ended, uses, felt_natural, helped, decision, words`, "iiiiiiitt",
		`SELECT workspace_id, technique_id, began, ended, uses, felt_natural, helped, decision, words FROM trial ORDER BY workspace_id, technique_id, began`,
		`INSERT INTO trial (workspace_id, technique_id, began, ended, uses, felt_natural, helped, decision, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`},
	{"use_log", `workspace_id, technique_id, id, at, day, metric_id, observation_at, helped, natural_feel, note, context`, "iiiiiiiiitt",
		`SELECT workspace_id, technique_id, id, at, day, metric_id, observation_at, helped, natural_feel, note, context FROM use_log ORDER BY workspace_id, technique_id, id`,
		`INSERT INTO use_log (workspace_id, technique_id, id, at, day, metric_id, observation_at, helped, natural_feel, note, context) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`},
	{"workspace", `workspace_id, kind, name, zone, next_source, version, created, fiscal_month, dates`, "itttiiiit",
		`SELECT workspace_id, kind, name, zone, next_source, version, created, fiscal_month, dates FROM workspace ORDER BY workspace_id`,
		`INSERT INTO workspace (workspace_id, kind, name, zone, next_source, version, created, fiscal_month, dates) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`},
}

// restoreOrder puts tables before those that refer to them.
var restoreOrder = []string{"instance", "person", "workspace", "metric", "goal", "technique", "pilot", "micro_goal", "lifeline"}
