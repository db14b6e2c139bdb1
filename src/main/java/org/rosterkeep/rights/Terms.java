package org.rosterkeep.rights;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Catalogue;

/// What the district's decisions about people do, as data (`people.json`): lengths, signatures, and which elements tell
/// where somebody is.
///
/// @param place elements that reveal a place (F16)
/// @param protectionSigners how many people must sign before a protection ends, or an exception to it begins
/// @param exceptionMax the longest exception
/// @param optOut how long a directory opt-out lasts when nobody says otherwise
/// @param optOutMax how long it may last; renewed after that
/// @param pendingBlocks whether an objection blocks while nobody has decided it
/// @param grace how long after leaving somebody is still given, when nobody says otherwise
/// @param textMin shortest reason, in characters
/// @param bulkMax most people in one file
public record Terms(
        Set<String> place,
        int protectionSigners,
        Duration exceptionMax,
        Duration optOut,
        Duration optOutMax,
        boolean pendingBlocks,
        Duration consentMax,
        Duration grace,
        Duration graceMax,
        int textMin,
        int textMax,
        int bulkMax) {
    private static final String FILE = "people.json";

    public Terms {
        place = Set.copyOf(place);
    }

    /// The file that comes with the program.
    public static Terms shipped(Catalogue catalogue) {
        try (InputStream in = Terms.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw damaged("missing");
            }
            return read(in, catalogue);
        } catch (IOException e) {
            throw damaged("unreadable");
        }
    }

    /// Reads such a file. It must be complete: what it does not say is not guessed.
    public static Terms read(InputStream in, Catalogue catalogue) {
        try (var reader = Json.createReader(in)) {
            JsonObject json = reader.readObject();
            JsonObject protection = json.getJsonObject("protection");
            JsonObject text = json.getJsonObject("text");
            JsonObject leaver = json.getJsonObject("leaver");
            JsonObject optOut = json.getJsonObject("optOut");
            return new Terms(
                            place(json.getJsonObject("place").getJsonArray("elements"), catalogue),
                            atLeast(2, protection, "signers"),
                            days(protection, "exceptionDaysMax"),
                            days(optOut, "days"),
                            days(optOut, "daysMax"),
                            json.getJsonObject("objection").getBoolean("pendingBlocks"),
                            days(json.getJsonObject("consent"), "daysMax"),
                            days(leaver, "graceDays"),
                            days(leaver, "graceDaysMax"),
                            atLeast(1, text, "charactersMin"),
                            atLeast(1, text, "charactersMax"),
                            atLeast(1, json, "bulkMax"))
                    .consistent();
        } catch (JsonException | NullPointerException | ClassCastException | ArithmeticException e) {
            throw damaged("incomplete");
        }
    }

    private Terms consistent() {
        if (optOut.compareTo(optOutMax) > 0 || grace.compareTo(graceMax) > 0 || textMin > textMax) {
            throw damaged("a usual length is beyond its longest");
        }
        return this;
    }

    private static Set<String> place(JsonArray elements, Catalogue catalogue) {
        Set<String> place = elements.getValuesAs(JsonString::getString).stream().collect(Collectors.toSet());
        place.stream().filter(one -> catalogue.find(one).isEmpty()).findFirst().ifPresent(unknown -> {
            throw damaged("unknown element " + unknown);
        });
        return place;
    }

    private static Duration days(JsonObject json, String key) {
        return Duration.ofDays(atLeast(0, json, key));
    }

    private static int atLeast(int least, JsonObject json, String key) {
        int value = json.getJsonNumber(key).intValueExact();
        if (value < least) {
            throw damaged(key + " is too small");
        }
        return value;
    }

    private static RightsFault damaged(String detail) {
        return new RightsFault(RightsFault.Code.DATA_DAMAGED, detail);
    }
}
