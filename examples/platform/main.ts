// A platform team's rules and construct, and two product teams that use them. See README.md beside it.
import { PlatformApp } from "./platform-app";
import { DataImages } from "./teams/data";
import { WebImages } from "./teams/web";

const app = new PlatformApp();
new WebImages(app);
new DataImages(app);
app.synth();
