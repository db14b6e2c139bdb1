package org.rosterkeep.custody;

import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.InputStream;

/// How vendors are chased that were asked to delete (`disposal.json`).
///
/// @param remindPercent of the time an agreement gives: when so much has passed, the vendor is reminded
public record Disposal(int remindPercent) {
    public static Disposal shipped() {
        try (InputStream in = Disposal.class.getResourceAsStream("disposal.json");
                var reader = Json.createReader(in)) {
            return new Disposal(reader.readObject().getInt("remindPercent"));
        } catch (JsonException | NullPointerException | ClassCastException | IOException e) {
            throw new CustodyFault(CustodyFault.Code.DATA_DAMAGED);
        }
    }
}
