package org.anodyne.acceptance.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Coming in, in a real browser. */
@Tag("beside")
class DoorTest {
    @TempDir
    static Path home;

    private static Lab lab;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(home.resolve("lab"));
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    @Test
    void somebodyLogsInByKeyboardAloneAndOut() throws Exception {
        try (Screen screen = Screen.open(lab)) {
            screen.go("/operator");
            screen.see("input[name=name]").sendKeys(Lab.ADMINISTRATOR, Keys.TAB);
            screen.driver().switchTo().activeElement().sendKeys(Lab.PASSWORD, Keys.ENTER);
            screen.see("header nav");
            assertTrue(screen.driver().getCurrentUrl().endsWith("/operator"));
            screen.button("Log out").sendKeys(Keys.ENTER);
            screen.see("input[name=password]");
            screen.go("/accounts").see("input[name=password]");
        }
    }

    @Test
    void theDoorIsAccessibleAtEveryWidthInBothThemesAndThreeLanguages() throws Exception {
        try (Screen screen = Screen.open(lab)) {
            for (String theme : new String[] {"light", "dark"}) {
                for (int width : new int[] {360, 1280, 2560}) {
                    screen.theme(theme).size(width, 900).go("/").see("form");
                    screen.assertAccessible("door, " + theme + ", " + width);
                    screen.assertFits("door, " + theme + ", " + width);
                }
            }
            screen.driver().executeScript("localStorage.setItem('language', 'zh')");
            screen.go("/").see("form");
            assertEquals("登录", screen.see("h1").getText());
            screen.driver().executeScript("localStorage.setItem('language', 'de')");
            screen.go("/").see("form");
            assertEquals("Anmelden", screen.see("h1").getText());
        }
    }

    @Test
    void aClosedAccountIsOutAtOnceAndAnotherPasswordEndsOtherLogIns() throws Exception {
        Visitor operator = lab.account("Bo Operator", "operator");
        Visitor same = lab.visitor();
        assertEquals(
                200,
                same.enter("login", "name", "Bo Operator", "password", Lab.PASSWORD)
                        .status());
        var change = JsonNodeFactory.instance.objectNode().put("password", "another long sentence");
        assertEquals(
                403, same.post("/password", change.put("old", "not this one")).status());
        assertEquals(
                200, same.post("/password", change.put("old", Lab.PASSWORD)).status());
        assertEquals(401, operator.get("/me").status(), "the other log-in stayed");
        assertEquals(200, same.get("/me").status(), "the browser that changed it was shut out");
        try (Screen screen = Screen.open(lab)) {
            screen.as(lab.administrator()).go("/accounts");
            screen.see("[aria-label='Close: Bo Operator']").sendKeys(Keys.ENTER);
            screen.see("dialog button.danger").sendKeys(Keys.ENTER);
            screen.awaitText("The account of Bo Operator is closed.");
            assertEquals(401, same.get("/me").status(), "somebody with a closed account is still in");
            screen.see("[aria-label='Close: " + Lab.ADMINISTRATOR + "']").sendKeys(Keys.ENTER);
            screen.see("dialog button.danger").sendKeys(Keys.ENTER);
            screen.awaitText("is the only administrator");
            screen.awaitText("change of own password refused");
            screen.assertAccessible("accounts");
        }
    }
}
