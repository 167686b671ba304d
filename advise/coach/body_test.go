package coach_test

import (
	"testing"

	"tandem/advise/coach"
)

func TestWhatMinorsDoNotSet(t *testing.T) {
	for _, text := range []string{
		"Lose 5 kg by summer", "Weigh under 50 kilos", "Get to 45 kg", "Drop two dress sizes", "Fit into size S", "Fit into my old jeans",
		"Get a six-pack", "Get a sixpack by June", "Get abs", "Thigh gap", "Have a thigh gap by summer", "Look skinny", "Be skinny for prom",
		"Look good in a bikini", "Beach body by July", "Get my BMI under 18", "Eat less than 1200 calories a day", "Burn 500 kcal a day",
		"Count my calories", "Go on a diet", "Fast for a day: intermittent fasting", "Skip meals twice a week", "Only eat one meal a day",
		"Be thinner than Anna", "Get thin", "Slim down", "Lose weight", "Burn belly fat", "Flat stomach in 4 weeks", "Bigger biceps", "Get ripped",
		"Be prettier", "Look like a model", "Clear skin by Friday", "Sharper jawline", "Smaller waist", "Gain weight so I look older", "Stop being fat",
		"Get leaner", "Glow up this year", "A toned body", "Reach my goal weight", "10 pounds less by May", "Lose 2 stone", "Hourglass figure",
		"5 Kilo abnehmen", "Bis zum Sommer abnehmen", "Ich will weniger wiegen und 5 kg verlieren", "Unter 50 Kilo kommen", "Auf 48 kg kommen",
		"In Größe S passen", "Wieder in meine Jeans passen", "In Größe 36 passen", "Waschbrettbauch bekommen", "Sixpack bis Juni", "Bikinifigur",
		"Flacher Bauch", "Einen flachen Bauch haben", "Bauch weg bis August", "BMI unter 18", "Höchstens 1200 Kalorien am Tag", "Eine Diät machen",
		"Schlanker werden", "Dünner sein als Lena", "Hübscher werden", "Schöner aussehen", "Besser aussehen", "Reine Haut", "Speck loswerden",
		"Fett verbrennen", "Mehr Muskelmasse", "Mahlzeiten auslassen", "Mein Wunschgewicht erreichen", "Die Waage zeigt 50", "Nicht mehr dick sein",
		"Taille 60 cm", "Intervallfasten", "Aussehen wie ein Model", "Oberschenkellücke", "Zehn Pfund weniger", "Traumfigur bis Mai", "Straffer Po",
	} {
		if !coach.Body(text) {
			t.Errorf("%q passed", text)
		}
	}
	for _, text := range []string{
		"Learn to cook healthy meals", "Learn to cook 5 healthy dinners for my family", "Eat a piece of fruit every day", "Drink 2 litres of water a day",
		"Run 5 km without a break", "Swim 20 lanes", "Do 10 pull-ups", "Learn a handstand", "Play football twice a week", "Lift 40 kg at the gym",
		"Carry a 5 kg rucksack to the hut", "Collect 20 kg of paper", "Save 50 pounds for a skateboard", "Practise scales on the piano", "Sleep 9 hours a night",
		"Figure out how magnets work", "Draw a horse that looks like a horse", "Learn the six times table", "Get a B in maths", "Bake a cake with 1 kg of flour",
		"Gesund kochen lernen", "5 gesunde Gerichte kochen lernen", "Jeden Tag ein Stück Obst essen", "5 km ohne Pause laufen", "20 Bahnen schwimmen",
		"Handstand lernen", "Zweimal in der Woche Fußball spielen", "20 Kilo Altpapier sammeln", "Eine Spielfigur zeichnen", "Tonleitern üben", "Eine 2 in Mathe",
		"Früher schlafen gehen", "Für ein Skateboard sparen", "Einen Purzelbaum können", "Das kleine Einmaleins können",
	} {
		if coach.Body(text) {
			t.Errorf("%q was refused", text)
		}
	}
}
