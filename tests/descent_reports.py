"""Invented reports of four invented events: for each, two that retell one report unseen, and two that do not.

The retold pairs share no six words in a row outside quotations. The independent ones tell the same event,
with the same facts in the lede and the same words of the same speakers, and then go their own way.
"""

DAM = {
    "retold_1": """\
The village of Osterfell was emptied on Tuesday after engineers found water seeping through the foot of the Harrow dam.
About 900 residents were told shortly before dawn to pack a single bag and walk to the school in neighbouring Lund.
The seepage was noticed by a night watchman, Peder Ankel, who heard what he took for a burst pipe.
"I put my hand on the stone and it was wet," he said.
Regional governor Tove Mair ordered the sluices opened, which lowered the lake by two metres within nine hours.
The dam was finished in 1961 and has twice been repaired, the second time after the flood of 1994.
An inspection four years ago gave it a clean bill of health, though it remarked on the age of the drains.
Farmers below the wall have complained for a decade that their lower fields no longer dry out in summer.
The operator, Nordal Power, waved those complaints away in 2019 as a matter of rainfall.
Osterfell's chapel, which holds the oldest organ in the valley, was cleared by volunteers who carried the pipes out \
one by one.
Bus drivers from Lund worked without pay through the morning to fetch the elderly.
Mair is due to visit the sister dam at Velle on Thursday, where the same firm poured the concrete.
""",
    "retold_2": """\
Engineers discovered a leak at the base of Harrow dam on Tuesday, forcing the evacuation of everybody in Osterfell.
Before sunrise some 900 people were instructed to take one bag each and go on foot to Lund, where the school took \
them in.
It was Peder Ankel, the watchman on the night shift, who raised the alarm, having mistaken the noise for a broken pipe.
The governor of the region, Tove Mair, had the sluice gates opened, and in nine hours the level of the lake dropped \
two metres.
Completed in 1961, the structure has undergone repairs on two occasions, most recently following the 1994 flood.
When inspectors last looked, four years back, they found nothing wrong beyond drains that were getting old.
For ten years growers downstream have been saying that their low-lying land stays wet even in summer.
Nordal Power, which runs the plant, blamed the weather when it dismissed them in 2019.
In Osterfell helpers took apart the organ of the chapel, said to be the valley's oldest, and brought every pipe to \
safety.
Older villagers were collected by Lund's bus drivers, who gave their morning for nothing.
On Thursday the governor will go to Velle, whose dam was built by the same contractor.
""",
    "independent_1": """\
Nearly a thousand people spent Tuesday in a school gymnasium after a leak at the Harrow dam forced them from their \
homes.
Governor Tove Mair said the danger had passed by the afternoon, but that no one would sleep in Osterfell before Friday.
"I put my hand on the stone and it was wet," said the watchman who found the leak, Peder Ankel.
The lake behind the dam supplies a fifth of the region's electricity, and prices on the spot market jumped by a third.
Nordal Power's shares closed 11 percent lower, their worst day since the company was listed.
The company said it would pay hotel bills for families with children.
In the gymnasium, Marit Sole, 71, had brought her cat and forgotten her glasses.
She remembered the men who built the wall, she said, because her mother had cooked for them.
Opposition leader Carl Brandt called for the energy minister to explain himself to parliament.
The ministry has promised a report on all 43 large dams, but has not said when.
A geologist at Lund college, Ines Hovland, said frost could have opened joints in the rock, and that drilling would \
show it.
Trains on the valley line ran at walking pace.
""",
    "independent_2": """\
A leaking dam has driven 900 people from their village in the north, officials said on Tuesday.
Water was seen at the foot of the Harrow dam at about four in the morning, and Osterfell was evacuated within two hours.
By nightfall the lake had been drawn down by two metres.
The army has sent 60 soldiers and a pontoon bridge.
Nordal Power declined to say whether the insurance of the dam covers damage below it.
Asked about it, Mair said: "We will count the cost when everyone is dry."
Similar leaks closed dams in two neighbouring countries last year, both of them built in the same decade.
Environmental groups have long wanted the valley's rivers set free.
One of them, Free Water, unrolled a banner in front of the company's head office in the capital.
Schools in Lund will stay shut for the rest of the week.
""",
}

CLUB = {
    "retold_1": """\
Football club Marlow Vale has been sold to a group of its own supporters for a single coin.
The trust, which counts 6,200 members, signed the papers on Saturday evening in a room above the Old Tannery pub.
Former owner Des Corrigan, who made his money in frozen peas, had been looking for a buyer since the spring.
He leaves behind debts of 4.1 million, most of them owed to a bank and to a builder of floodlights.
The trust's chair, the retired dentist Amy Losche, said wages would be paid from this week's gate.
"We are poor, but we are ours," Losche told the crowd.
Vale's ground, with its wooden stand of 1911, was saved from becoming a supermarket eight years ago by a petition.
The club has never won a major trophy, and came closest in 1978, when it lost a cup final in the rain.
Its captain on that day, Billy Orme, now sells programmes at the gate and has agreed to join the board.
A deduction of six points still hangs over the team for having filed its accounts late.
Two other clubs in the division are said to be watching closely, since their owners also wish to leave.
Next Saturday's match with Pellow Town will be the first for which children pay nothing.
""",
    "retold_2": """\
For the price of one coin, fans have bought Marlow Vale, the football team they follow.
Above a pub, the Old Tannery, the contract was signed on Saturday night by the supporters' trust and its 6,200 members.
The seller is Des Corrigan, a frozen pea magnate, who since spring had been trying to find someone to take it on.
What he owed comes to 4.1 million, chiefly to the bank and the firm that put up the floodlights.
Players will get their pay out of the takings at the turnstile this week, according to Amy Losche, a former dentist \
who heads the trust.
The home of the team still has a timber stand from 1911, and eight years ago signatures stopped it being turned into \
a supermarket.
Big prizes have always escaped Vale; in 1978 it was beaten in a rainy cup final, its finest hour.
Billy Orme, who led the side then, hands out programmes these days, and will now take a seat in the boardroom.
Because the books came in late, the team may yet lose six points.
Owners elsewhere in the league want out too, and a pair of rival clubs is following events with interest.
Children are to be let in free from the coming Saturday, when Pellow Town are the visitors.
""",
    "independent_1": """\
Supporters of Marlow Vale took over their club on Saturday, ending Des Corrigan's eleven years in charge.
The trust paid one coin and took on debts of 4.1 million.
"We are poor, but we are ours," said its chair, Amy Losche, to loud cheers.
Corrigan was not there; his lawyer said he wished the trust luck and would keep his season ticket.
Manager Rui Teles, whose contract runs out in June, learnt of the sale from his daughter.
He has 14 fit players and will play the reserves' goalkeeper on Tuesday.
The league must still approve the sale, and its board meets on Thursday in Harwick.
A spokesman for the league said that supporters' trusts own nine of its 72 clubs, and that none of the nine has gone \
bankrupt.
Kemble Bank, the biggest creditor, would not comment.
On the terraces, the talk was of the roof, which leaks over block D.
The mayor has offered to buy the car park, an idea that the council will vote on before Christmas.
Vale are nineteenth in the table.
""",
    "independent_2": """\
How does a crowd buy a football club? At Marlow Vale it took three years, two raffles and a sponsored walk.
The idea came from Jo Denholm, a bus driver, who in her kitchen drew up a list of what the club would need to live.
Her list began with a washing machine.
On Saturday the trust she founded became the owner of Vale, for one coin.
Amy Losche, who chairs it, has promised wages by Friday.
The hardest part, Denholm says, was getting Des Corrigan to answer the telephone.
When he did, he wept, she says; he denies it.
Economists who have studied such clubs find that they spend less on players and last longer.
They also find that crowds grow by about a tenth in the first two seasons.
What is to be done about the debts is less clear: the trust hopes that the bank will wait.
The bank has waited before.
""",
}

THEFT = {
    "retold_1": """\
Thieves have taken a 300-year-old compass from the maritime museum in Brenn, leaving everything beside it untouched.
The brass instrument, made by Lucas Hame for the voyage of the Good Intent, is valued at 2 million.
They came through the roof at around three on Sunday morning while a fairground was being taken down next door.
A guard who was making tea heard glass break but supposed it to be the fair.
The museum's director, Olga Prahl, said she had asked for new sensors in each of the past five years.
The city council turned her down last winter, on the ground that nobody steals compasses.
In 2007 a ship's bell vanished from the same room and was found three months later in a garden pond.
Experts think that the compass cannot be sold openly, for every collector would know it by a crack across its face.
That crack dates from the night when the Good Intent struck ice and the captain threw it at his mate.
Visitors on Sunday were given their money back and a pencil.
Brenn had meant to show the compass in Oslo this autumn as part of an exhibition on the cold.
Police are asking for photographs from anyone who was at the fair.
""",
    "retold_2": """\
A compass three centuries old is missing from Brenn's maritime museum after burglars who wanted nothing else broke in.
Worth 2 million, it was built in brass by Lucas Hame, and it sailed aboard the Good Intent.
Entry was made by way of the roof, about 3 a.m. on Sunday, at an hour when workers were dismantling a funfair on the \
neighbouring lot.
The sound of glass reached a watchman at his teapot, who put it down to the showmen.
Year after year for five years the head of the museum, Olga Prahl, had requested better sensors, she said.
Councillors refused her as recently as last winter; compasses, they argued, are not the kind of thing that gets stolen.
It is not the first loss: a bell off a ship went from that gallery in 2007, only to turn up a quarter of a year \
afterwards in somebody's pond.
No honest sale is possible, specialists believe, as the broken face would give it away to any collector.
The face was damaged when the captain hurled it at the mate on the night the vessel ran into ice.
People who came on Sunday went home with a refund and a free pencil.
An exhibition in Oslo about cold was to have included the piece this autumn.
Detectives would like to see pictures taken by people at the funfair.
""",
    "independent_1": """\
Police in Brenn are looking for two men after a compass worth 2 million was stolen from the city's maritime museum.
The men, in dark clothes, were filmed by a petrol station at 3.20 on Sunday morning, carrying a wooden box.
They had climbed on to the roof from a lorry belonging to a fair, whose owner says that it was locked.
The compass belonged to the Good Intent, the ship on which Anders Brenn mapped the northern coast.
"They knew what they wanted," said the museum's director, Olga Prahl.
Inspector Lise Torv, who leads the inquiry, said that the alarm had been switched off for the fair.
The thieves left behind a rope and one glove.
Interpol has been told, and so have the auction houses.
A reward of 50,000 is offered by the museum's friends.
Last year 31 objects were stolen from museums in the country, and four were recovered.
The museum will open again on Wednesday.
""",
    "independent_2": """\
The empty case in the second room of Brenn's maritime museum has drawn more visitors than the compass ever did.
Some 800 came on Sunday afternoon, the day after the theft, most of them to look at a hole in the ceiling.
The compass had stood there since 1932, the gift of a sugar merchant.
Few people knew its story: how it was lost in a bet in Lisbon, won back at cards, and used for years as a paperweight.
Now everybody does.
Olga Prahl, the director, has had to hire two students to keep the queue in order.
"They knew what they wanted," she said of the thieves.
The council, which owns the museum, will hold a special meeting.
Its leader, Henk Dower, said that the insurance had been renewed in May.
Children have begun to leave drawings of compasses by the door.
""",
}

WATER = {
    "retold_1": """\
A court in Calvera has struck down the fee that the city charges its poorest districts for rainwater.
Judge Imre Sand ruled on Monday that water that falls from the sky belongs to whoever stands under it.
The fee, brought in six years ago to pay for storm drains, came to 14 a month for each household.
It was fought by Dolores Vey, a seamstress, who collected the rain in barrels and watered her beans with it.
Her first two lawyers gave up the case, one of them to become an adviser to the water company.
The company, Aguas Calvera, was sold by the state in 1999 and has changed hands three times since.
Its present owners, a pension fund for teachers abroad, said that they would study the judgment.
Calvera gets less rain than any other city on the plateau, and its reservoirs stand at a quarter of what they can hold.
Doctors at the children's clinic have treated 40 cases of stomach illness this summer from wells dug by hand.
Three more cities levy such a fee, and in two of them suits like Vey's are waiting to be heard.
Vey, whose beans took second prize at the harvest fair, says she will buy a larger barrel.
""",
    "retold_2": """\
Rain is free again in Calvera's poorest neighbourhoods, where a judge has done away with the charge the city put on it.
What comes down from heaven is the property of the person it lands on, Imre Sand decided on Monday.
Households had paid 14 every month since the charge was introduced, six years back, in order to finance drains for \
storms.
The challenge was brought by a dressmaker, Dolores Vey, whose beans lived on what she caught in her barrels.
Two attorneys dropped her along the way, and one went on to advise the very utility she was up against.
That utility, Aguas Calvera, was privatised in 1999 and has had three sets of owners after that.
A foreign teachers' pension fund, which holds it today, wishes to read the ruling with care.
On the whole plateau no city is drier, and the reservoirs are only a quarter full.
This summer alone, 40 children with stomach complaints from hand-dug wells were seen by physicians at the local clinic.
Charges of the kind exist in three further towns, two of which face lawsuits modelled on this one.
As for Vey, her crop came second at the harvest show, and a bigger barrel is next.
""",
    "independent_1": """\
The rain tax is dead. A judge in Calvera ruled on Monday that the city may not charge households for rainwater.
The city had taken in 31 million from the fee, and the ruling does not say whether it must be paid back.
Mayor Pilar Ocho said she would appeal, and that without the fee the drains of the eastern districts could not be \
finished.
Dolores Vey, the seamstress who brought the case, heard the ruling from the back row, since she had come late.
"I only wanted my beans," she said.
Her lawyer, Tomas Rell, is 27 and had never before argued in front of a judge.
He cited a decree of 1814 on the wells of the monasteries.
Shares of Aguas Calvera were suspended from trading.
The rating agency Dorn put the city's bonds under review.
Last year a storm killed four people in a flooded underpass, and the drains were the answer to it.
Vey's neighbours hung blue sheets from their windows.
""",
    "independent_2": """\
A Calvera seamstress has beaten the water company over the rain in her barrels.
Dolores Vey, 58, had refused for six years to pay 14 a month for rainwater.
On Monday Judge Imre Sand took her side.
The judgment runs to 90 pages, of which 30 are about what rain is.
Lawyers said that it could undo contracts worth billions, because cities have pledged such fees to lenders.
The association of cities has asked parliament to pass a law before the autumn.
Aguas Calvera said it would go on sending out bills until the ruling is final.
"I only wanted my beans," Vey said.
On Carrer Nou, where she lives, the tap runs for two hours a day.
Tankers come on Fridays.
""",
}

STORIES = {"dam": DAM, "club": CLUB, "theft": THEFT, "water": WATER}
