using System.Collections.Frozen;

namespace Rfl.Domain.Matching.Names;

/// <summary>
/// Short forms and by-names that everybody in their language takes for the full name. Only such as cannot be seen from the sounds:
/// the engine finds Alex in Alexander by itself no better than a stranger would, and Bob in Robert not at all.
/// </summary>
internal static class ShortForms
{
    // full name: short forms. One short form may stand for several names.
    private static readonly FrozenDictionary<string, string[]> full = Read("""
        richard: dick rick ricky richie
        william: bill billy will willie liam
        robert: bob bobby rob robbie
        edward: ed eddie ted teddy ned
        john: jack johnny
        james: jim jimmy jamie
        thomas: tom tommy
        michael: mike mick mickey
        charles: charlie chuck
        daniel: dan danny
        david: dave davey
        joseph: joe joey
        benjamin: ben bennie benny
        samuel: sam sammy
        matthew: matt
        anthony: tony
        christopher: chris
        kenneth: ken kenny
        stephen: steve
        timothy: tim
        gregory: greg
        donald: don donnie
        ronald: ron ronnie
        peter: pete
        philip: phil
        frederick: fred freddie freddy
        lawrence: larry
        gerald: jerry gerry
        henry: harry hank
        margaret: maggie peggy meg
        elizabeth: liz beth betty lisa
        katherine: kate kathy katie
        susan: sue susie
        patricia: pat patty
        deborah: debbie debby
        barbara: barb
        aleksandr: sasha sacha shura саша шура
        ivan: vanya ваня
        dmitri: dima mitya дима митя
        mikhail: misha миша
        nikolai: kolya коля
        sergei: seryozha serezha сережа
        vladimir: volodya vova володя вова
        aleksei: alyosha lyosha алеша леша
        yuri: yura юра
        evgeni: zhenya женя
        natalia: natasha наташа
        maria: masha маша
        tatiana: tanya таня
        ekaterina: katya катя
        elena: lena лена
        anastasia: nastya настя
        galina: galya галя
        olga: olya оля
        lyudmila: lyuda люда
        svetlana: sveta света
        irina: ira ира
        ludmila: mila
        pavel: pasha паша
        pyotr: petya петя
        konstantin: kostya костя
        anatoli: tolya толя
        boris: borya боря
        vasili: vasya вася
        viktor: vitya витя
        grigori: grisha гриша
        stanislav: slava стас
        vladislav: vlad
        vladimir: vlad влад
        aleksandros: alekos alexis αλεκος αλεξης
        konstantinos: kostas κωστας
        georgios: yorgos
        ioannis: giannis yannis
        dimitrios: dimitris mitsos
        emmanouil: manolis
        panagiotis: panos takis
        francisco: paco pancho kiko
        jose: pepe
        ignacio: nacho
        giuseppe: beppe pino
        giovanni: gianni
        luigi: gigi
        johannes: hans hannes
        heinrich: heinz
        wilhelm: willi willy
        friedrich: fritz
        josef: sepp jupp
        maximilian: max
        sebastian: basti
        ulrich: uli
        gerhard: gerd
        jan: honza
        jakub: kuba
        stanislaw: staszek
        fatima: fatou
        ibrahim: ibro
        mustafa: mujo
        khadija: hatice
        mohammed: mohd muhd mohamm mhd
        """);

    /// <summary>The full names that a word in lower case is short for; none where it is no short form.</summary>
    public static string[] FullOf(string word) => full.GetValueOrDefault(word, []);

    private static FrozenDictionary<string, string[]> Read(string text) =>
        text.Split('\n')
            .Select(line => line.Split(':', StringSplitOptions.TrimEntries))
            .SelectMany(line => line[1].Split(' ').Select(word => (Short: word, Full: line[0])))
            .GroupBy(item => item.Short, item => item.Full)
            .ToFrozenDictionary(names => names.Key, names => names.ToArray());
}
